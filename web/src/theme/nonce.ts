/** The nonce that the CSP requires for style elements; '' without a CSP, as in development. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** The scroll lock of dialogs inserts a style element and reads its nonce from this global. */
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
