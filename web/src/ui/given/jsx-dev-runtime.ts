import * as react from 'react/jsx-dev-runtime';
import { withSafeText } from './given.ts';

/** Like `jsx-runtime.ts`, with React's warnings: for development and tests. */
export type { JSX } from 'react/jsx-dev-runtime';
export { Fragment } from 'react/jsx-dev-runtime';

export const jsxDEV: typeof react.jsxDEV = (type, props, key, isStatic, source, self) =>
  react.jsxDEV(type, withSafeText(type, props), key, isStatic, source, self);
