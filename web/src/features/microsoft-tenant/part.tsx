import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import type { Tenant } from './words.ts';

type Read = Tenant['devices']['read'];

interface PartProps {
  title: string;
  read: Read;
  aside?: string | undefined;
  foot?: ReactNode;
  /** Rows that reach the edges of the card. */
  flush?: boolean;
  children: ReactNode;
}

/** A part of the page: what was read and when, or why it was not. */
export function Part({ title, read, aside, foot, flush = false, children }: PartProps) {
  if (read.why !== null)
    return (
      <Card title={title}>
        <Unread read={read} />
      </Card>
    );
  return (
    <Card
      title={title}
      aside={aside}
      flush={flush}
      foot={
        <>
          Read <When at={read.on} inline />. {foot}
        </>
      }
    >
      {children}
    </Card>
  );
}

/** Why a part was not read, and how it comes. */
export function Unread({ read }: { read: Read }) {
  return (
    <VerdictMark state="cannot_read">
      {read.why} {read.howToGet}
    </VerdictMark>
  );
}
