// Sends on what was confirmed. A form goes as a form, after its files were put back; without files its button does the
// same without a script. Anything else is sent from here, and what came of it is said as it is.
(() => {
  'use strict';
  const data = document.body.dataset;
  const form = document.getElementById('resume');
  const own = { credentials: 'same-origin', cache: 'no-store' };

  function say(heading, text) {
    const title = document.querySelector('h1');
    title.textContent = heading;
    document.title = heading;
    title.tabIndex = -1;
    title.focus();
    document.getElementById('live').textContent = text;
    const link = document.createElement('a');
    link.className = 'primary';
    link.href = data.back;
    link.textContent = data.backText;
    const line = document.createElement('p');
    line.append(link);
    document.querySelector('main').append(line);
  }

  async function kept(url) {
    const answer = await fetch(url, own);
    if (!answer.ok) {
      throw new Error('It is not there any more.');
    }
    return answer.arrayBuffer();
  }

  async function sendForm() {
    for (const input of form.querySelectorAll('input[type=file]')) {
      const file = new File([await kept(input.dataset.url)], input.dataset.name, { type: input.dataset.type });
      const transfer = new DataTransfer();
      transfer.items.add(file);
      input.files = transfer.files;
    }
    // Not form.requestSubmit: a field of that name would stand in its place.
    HTMLFormElement.prototype.requestSubmit.call(form);
  }

  async function sendRequest() {
    const headers = { [data.challengeHeader]: data.challenge };
    if (data.tokenHeader) {
      headers[data.tokenHeader] = data.token;
    }
    let body;
    if (data.bodyUrl) {
      body = await kept(data.bodyUrl);
      headers['Content-Type'] = data.type;
    }
    let answer;
    try {
      answer = await fetch(data.url, { ...own, method: data.method, headers, body });
    } catch {
      say(data.unknownHeading, data.unknown); // sent, perhaps; also where it led to another origin, which is not ours to read
      return;
    }
    if (answer.redirected && new URL(answer.url).origin === location.origin) {
      location.replace(answer.url);
    } else if (answer.ok) {
      say(data.doneHeading, data.done);
    } else {
      say(data.failedHeading, data.failed.replace('{0}', String(answer.status)));
    }
  }

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

  (form ? sendForm() : sendRequest()).catch(() => say(data.notSentHeading, data.notSent));
})();
