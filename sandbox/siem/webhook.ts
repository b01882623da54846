import { type Asked, type Fault, type Receiver, startReceiver, type Trial } from './receiver.ts';

export interface WebhookReceiver extends Receiver {
  /** Every accepted request. */
  readonly taken: readonly Asked[];
}

/** A webhook receiver that accepts any POST. */
export async function startWebhook(
  options: { readonly fault?: (asked: Asked) => Fault | null; readonly port?: number } = {},
): Promise<WebhookReceiver> {
  const taken: Asked[] = [];
  const receiver = await startReceiver(
    (asked) => {
      taken.push(asked);
      return { status: 202 };
    },
    options.fault,
    options.port,
  );
  return { ...receiver, taken };
}

export const TRIALS: readonly Trial[] = [{ name: 'Webhook', start: startWebhook }];
