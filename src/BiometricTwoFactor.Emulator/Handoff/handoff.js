"use strict";

// Follows the session that goes on elsewhere. The server decides what comes next: this page only asks to be shown again.
(() => {
  const status = document.querySelector("[data-state]");
  if (!status) {
    return;
  }

  const query = new URLSearchParams(location.search);
  query.set("seen", status.dataset.state);
  const address = `${status.dataset.address}?${query}`;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 3000));

  const follow = async () => {
    for (;;) {
      try {
        const answer = await fetch(address, { cache: "no-store" });
        if (answer.status === 404) {
          break;
        }

        if (answer.ok && (await answer.json()).state !== status.dataset.state) {
          break;
        }

        if (!answer.ok) {
          await pause();
        }
      } catch {
        await pause();
      }
    }

    location.reload();
  };

  follow();
})();
