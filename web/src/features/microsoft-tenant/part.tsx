import type { ReactNode } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import type { Tenant } from './words.ts';

type Read = Tenant['devices']['read'];

interface PartProps {
  title: string;
  read: Read;
  aside?: string | undefined;
  foot?: ReactNode;
  /** Rows extend to the edges of the card. */
  flush?: boolean;
  children: ReactNode;
}

/** A part of the page that was read, with its time. Parts that were not read are in {@link UnreadCard}. */
export function Part({ title, read, aside, foot, flush = false, children }: PartProps) {
  if (read.why !== null) return null;
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

/** Parts that were not read, each with the reason and how to get it. */
export function UnreadCard({ parts }: { parts: readonly { readonly title: string; readonly read: Read }[] }) {
  const unread = parts.filter(({ read }) => read.why !== null);
  if (unread.length === 0) return null;
  return (
    <Card title="Not read" aside={count(unread.length, 'part')} flush>
      <Lines label="Not read">
        {unread.map(({ title, read }) => (
          <Line key={title} head={<h3>{title}</h3>}>
            <VerdictMark state="cannot_read">{read.why}</VerdictMark>
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
          </Line>
        ))}
      </Lines>
    </Card>
  );
}
