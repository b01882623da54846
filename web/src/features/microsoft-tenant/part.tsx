import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { Fold } from '../../ui/lines.tsx';
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
        <Unread title={title} read={read} />
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
export function Unread({ title, read }: Pick<PartProps, 'title' | 'read'>) {
  return (
    <>
      <p>
        <VerdictMark state="cannot_read">Not read</VerdictMark> <span className="muted">{read.why}</span>
      </p>
      {read.howToGet === null ? null : (
        <Fold
          summary={
            <>
              How to get it<span className="hidden-text">: {title}</span>
            </>
          }
        >
          <p>{read.howToGet}</p>
        </Fold>
      )}
    </>
  );
}
