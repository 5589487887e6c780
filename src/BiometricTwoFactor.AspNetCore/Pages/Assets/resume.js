// Sends the kept form on; without a script the button does it.
document.getElementById('resume')?.requestSubmit();
