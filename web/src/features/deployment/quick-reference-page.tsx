import { Button } from '@mantine/core';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import type { VerdictState } from '../../theme/tokens.ts';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import classes from './quick-reference.module.css';

type Reference = Awaited<ReturnType<typeof client.deployment.quickReference>>;
type Line = Reference['lines'][number];

const MARKS: Readonly<Record<Line['state'], VerdictState>> = {
  done: 'pass',
  open: 'fail',
  order_violated: 'fail',
  less_than_approved: 'pending',
  cannot_read: 'cannot_read',
  pending: 'pending',
  not_licensed: 'not_licensed',
  policy_only: 'policy_only',
  not_applicable: 'not_applicable',
};

/** The sixteen lines of the guide's appendix A on one sheet. Their state comes from evidence, not from ticking them. */
export function QuickReferencePage() {
  const { slug } = useClientHere();
  const load = useQuery(api.deployment.quickReference.queryOptions({ input: { client: slug } }));
  return (
    <Sheet
      load={load}
      title="Quick reference"
      from="Appendix A of the guide"
      label="Lines of the quick reference"
    >
      Each line is computed from its task’s checks. You cannot check anything off here: provide the evidence,
      and the line updates.
    </Sheet>
  );
}

/** The immediate actions of the guide's section 4.2 against personal accounts, blocking new ones first. */
export function ImmediateActionsPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.deployment.immediateActions.queryOptions({ input: { client: slug } }));
  return (
    <Sheet
      load={load}
      title="Immediate actions"
      from="Section 4.2 of the guide, against personal accounts"
      label="Immediate actions"
    >
      In this order: first stop new personal accounts, then deal with existing ones. Each line is computed
      from its task’s checks. The first relies on what DNS or Claude’s own log shows; a person’s statement is
      not enough.
    </Sheet>
  );
}

interface SheetProps {
  readonly load: UseQueryResult<Reference>;
  readonly title: string;
  /** Where the list is in the guide. */
  readonly from: string;
  readonly label: string;
  readonly children: ReactNode;
}

function Sheet({ load, title, from, label, children }: SheetProps) {
  const { slug } = useClientHere();
  const evidence = useMay('evidence.read');
  return (
    <Page<Reference>
      title={title}
      permission="deployment.read"
      load={load}
      className={classes.body}
      meta={(all) =>
        `${from}: ${all.done} of ${all.of} lines that apply are done. ${all.plan}, ${dayWords(all.today)}.`
      }
      actions={
        <>
          <LinkButton href={`/c/${slug}/deployment`}>Deployment</LinkButton>
          <Button variant="filled" className="screen-only" onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      {(all) => (
        <>
          <p className="muted">{children}</p>
          <ol className={classes.lines} aria-label={label}>
            {all.lines.map((line) => (
              <LineRow key={line.id} slug={slug} line={line} evidence={evidence} />
            ))}
          </ol>
        </>
      )}
    </Page>
  );
}

function LineRow({ slug, line, evidence }: { slug: string; line: Line; evidence: boolean }) {
  return (
    <li className={classes.line}>
      <span className="muted" aria-hidden="true">
        {line.number}
      </span>
      <div className={classes.state}>
        <VerdictMark state={MARKS[line.state]}>{line.stateWords}</VerdictMark>
      </div>
      <div className={classes.words}>
        <h2>{line.title}</h2>
        <p>{line.words}</p>
        <p className={classes.rests}>
          Guide {line.section} ·{' '}
          <AppLink href={`/c/${slug}/deployment/${line.task.id}`}>
            Task {line.task.number}, {line.task.title}
          </AppLink>
          {line.observedOn !== null
            ? ` · Read ${dayWords(line.observedOn)}`
            : line.evidence.length > 0
              ? ' · Based on what was recorded'
              : ' · Nothing read yet'}
        </p>
        {line.evidence.length === 0 ? null : (
          <Fold summary={`Based on ${count(line.evidence.length, 'entry', 'entries')}`}>
            <Stack as="ul" gap="2xs" className="muted small">
              {line.evidence.map((one) => (
                <li key={`${one.kind} ${one.file} ${one.row} ${one.says}`}>
                  {one.says}, {one.kindName} of {dayWords(one.observedOn)}
                  {one.sha256 === null || !evidence ? null : (
                    <>
                      {': '}
                      <AppLink href={`/c/${slug}/evidence/${one.sha256}`}>{one.file}</AppLink>
                    </>
                  )}
                </li>
              ))}
            </Stack>
          </Fold>
        )}
      </div>
    </li>
  );
}
