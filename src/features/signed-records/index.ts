export { recordPages } from './pages.ts';
export { signPdf } from './pdf-signature.ts';
export { signingKey } from './signing-key.ts';
