// Sends the kept form on, once; without a script the button does it.
const form = document.getElementById('resume');
let isSent = false;
form?.addEventListener('submit', event => {
  if (isSent) {
    event.preventDefault(); // it is under way: a second one would only be refused
  }
  isSent = true;
});
addEventListener('pageshow', event => {
  if (event.persisted) {
    location.reload();
  }
});
form?.requestSubmit();
