import type { Services } from '../context.ts';
import { forgetHooks } from './hook/door.ts';
import { forgetIcapServices } from './icap/door.ts';

/** Call after a change of what guards detect, so that it takes effect with the next request. */
export function forgetGuards(services: Pick<Services, 'store'>): void {
  forgetHooks(services);
  forgetIcapServices(services);
}
