import * as react from 'react/jsx-runtime';
import { withSafeText } from './given.ts';

/** The JSX runtime of every file of the console (`jsxImportSource`): React's, with `withSafeText`. */
export type { JSX } from 'react/jsx-runtime';
export { Fragment } from 'react/jsx-runtime';

export const jsx: typeof react.jsx = (type, props, key) => react.jsx(type, withSafeText(type, props), key);
export const jsxs: typeof react.jsxs = (type, props, key) => react.jsxs(type, withSafeText(type, props), key);
