export { type ReadyGate, readyGates } from './gates.ts';
