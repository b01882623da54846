import { defineSource } from '../source.ts';
import { graphKinds } from './kinds.ts';

/** Microsoft 365 and Entra, by answers of Microsoft Graph that somebody saved. */
export const microsoft = defineSource({ id: 'microsoft', files: graphKinds });
