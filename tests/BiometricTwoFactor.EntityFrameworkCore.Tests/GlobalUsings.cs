global using BiometricTwoFactor.AspNetCore;
global using BiometricTwoFactor.Testing;
global using Microsoft.EntityFrameworkCore;
global using Microsoft.Extensions.DependencyInjection;
