import type { client } from '../../api.ts';

export type Me = Awaited<ReturnType<typeof client.account.me>>;

export interface CardProps {
  readonly me: Me;
  /** Called after a change, to refetch what the page shows. */
  readonly onChanged: () => void;
}
