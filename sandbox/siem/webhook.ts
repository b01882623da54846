import { type Asked, type Fault, type Receiver, startReceiver } from './receiver.ts';

export interface WebhookReceiver extends Receiver {
  /** Every request that was taken, as it came. */
  readonly taken: readonly Asked[];
}

/** A program that takes whatever is posted to it. */
export async function startWebhook(
  options: { readonly fault?: (asked: Asked) => Fault | null } = {},
): Promise<WebhookReceiver> {
  const taken: Asked[] = [];
  const receiver = await startReceiver((asked) => {
    taken.push(asked);
    return { status: 202 };
  }, options.fault);
  return { ...receiver, taken };
}
