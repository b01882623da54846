/** What the server's content policy asks of every style element; empty where no policy is set, as in development. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** The scroll lock behind dialogs writes a style element of its own and looks for its nonce under this name. */
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
