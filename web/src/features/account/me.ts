import type { client } from '../../api.ts';

export type Me = Awaited<ReturnType<typeof client.account.me>>;

export interface CardProps {
  readonly me: Me;
  /** Something was changed: what the page shows is asked for again. */
  readonly onChanged: () => void;
}
