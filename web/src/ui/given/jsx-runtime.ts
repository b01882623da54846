import * as react from 'react/jsx-runtime';
import { withCare } from './given.ts';

/** The JSX runtime of every file of the console (`jsxImportSource`): React's, with `withCare`. */
export type { JSX } from 'react/jsx-runtime';
export { Fragment } from 'react/jsx-runtime';

export const jsx: typeof react.jsx = (type, props, key) => react.jsx(type, withCare(type, props), key);
export const jsxs: typeof react.jsxs = (type, props, key) => react.jsxs(type, withCare(type, props), key);
