import type { client as calls } from '../../api.ts';

export type Requests = Awaited<ReturnType<typeof calls.requests.list>>;
export type RequestLine = Requests['items'][number];
export type Request = Awaited<ReturnType<typeof calls.requests.get>>;
export type Mine = Awaited<ReturnType<typeof calls.requests.mine>>;
export type RequestState = RequestLine['state'];

export const STATES = [
  'asked',
  'in_review',
  'deferred',
  'approved',
  'lapsed',
  'refused',
  'withdrawn',
] as const satisfies readonly RequestState[];
