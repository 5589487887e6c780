// Rooms that were begun before the tests moved still say UseTests; remove this once their branches are in.
global using UseTests = BiometricTwoFactor.AspNetCore.Tests.Payments;
