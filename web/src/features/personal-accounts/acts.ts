import { client as calls, queries } from '../../api.ts';
import { toast } from '../../ui/toast.tsx';
import { type Account, accountCount, type MessageKind, type Refused } from './words.ts';

type Acted = Awaited<ReturnType<typeof calls.personalAccounts.assign>>;

/** Input for an action; for a single account it includes the version that was seen. */
export function about(client: string, rows: readonly Account[]) {
  const [only, ...more] = rows;
  return {
    client,
    accounts: rows.map(({ account }) => account),
    ...(only !== undefined && more.length === 0 ? { version: only.version } : {}),
  };
}

/** Runs an action, shows the result and returns what was refused. Refetches everything, since any page may change. */
export async function run(work: Promise<Acted>, done: string): Promise<readonly Refused[]> {
  try {
    const acted = await work;
    if (acted.done.length > 0) toast({ kind: 'done', text: `${accountCount(acted.done.length)}: ${done}` });
    return acted.refused;
  } finally {
    await queries.invalidateQueries();
  }
}

interface Sending {
  readonly client: string;
  readonly kind: MessageKind;
  readonly how: 'mail' | 'hand';
  readonly accounts?: string[];
  readonly to?: string[];
}

/** Sends messages, and returns all that were not sent with the reason. */
export async function send(sending: Sending): Promise<readonly Refused[]> {
  try {
    const { sent, failed, refused } = await calls.personalAccounts.messages.send(sending);
    if (sent.length > 0)
      toast({
        kind: 'done',
        text:
          sending.how === 'mail'
            ? `${sent.length === 1 ? '1 message was' : `${sent.length} messages were`} sent.`
            : `${sent.length === 1 ? '1 message is' : `${sent.length} messages are`} recorded as sent manually.`,
      });
    return [...failed, ...refused];
  } finally {
    await queries.invalidateQueries();
  }
}
