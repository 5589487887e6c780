// What the page tells whoever embeds it (contract 8): objects { type, data?, timestamp } to the parent of its frame, or
// to the opener of its window.

/** @returns {Window | null} Whoever may listen; null for a page of its own. */
function listener() {
  if (window.parent !== window) {
    return window.parent;
  }

  return window.opener && !window.opener.closed ? window.opener : null;
}

export const isFramed = () => window.parent !== window;

/** Somebody may listen. Whether they do cannot be known. */
export const isEmbedded = () => listener() !== null;

/**
 * @param {string} type One of the provider's, without "didit:".
 * @param {Record<string, unknown>} [data] Ids and words only. Never the address of this page: the token is in it.
 */
export function tell(type, data) {
  // To any origin: who embeds the page is not known, as at the provider's. Session id and status are no secrets, and
  // prove nothing to whoever hears them: the application asks its own server.
  const message = { type: `didit:${type}`, timestamp: Date.now() };
  listener()?.postMessage(data ? { ...message, data } : message, "*");
}
