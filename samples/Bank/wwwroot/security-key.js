// Asks the browser for a security key, and sends what it signed with the page's own form.
(() => {
  'use strict';
  const form = document.getElementById('key');
  const answer = form.elements.namedItem('key');
  const problem = document.getElementById('problem');

  form.addEventListener('submit', async event => {
    if (answer.value) {
      return; // signed: the form goes its way
    }
    event.preventDefault();
    problem.hidden = true;
    try {
      const { create, get } = form.dataset;
      const credential = create
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(create)) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(get)) });
      answer.value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch {
      problem.hidden = false;
    }
  });
})();
