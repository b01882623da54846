import type { Services } from '../context.ts';
import { forgetHooks } from './hook/door.ts';
import { forgetIcapServices } from './icap/door.ts';

/** Called after a change of what guards look for, so that each works with it from the next request on. */
export function forgetGuards(services: Pick<Services, 'store'>): void {
  forgetHooks(services);
  forgetIcapServices(services);
}
