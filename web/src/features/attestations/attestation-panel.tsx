import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { client as calls, queries } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Hash } from '../../ui/hash.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Severity } from '../../ui/severity.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { toast } from '../../ui/toast.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { sizeWords } from '../imports/words.ts';
import classes from './attestations.module.css';
import { type Attestation, holdsText, leftText, STATE_WORDS } from './words.ts';

interface AttestationPanelProps {
  readonly attestation: Attestation;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** One statement: what was seen, by whom, and how long it is valid. */
export function AttestationPanel({ attestation: one, onAgain, onClose }: AttestationPanelProps) {
  const { slug } = useClientHere();
  const mayWrite = useMay('attestations.write');
  const [asked, setAsked] = useState(false);
  const left = leftText(one);
  return (
    <SidePanel
      title={one.title}
      code={shortId(one.control)}
      onClose={onClose}
      actions={
        <Button component="a" href={`/c/${slug}/controls/${one.control}`}>
          Open control
        </Button>
      }
    >
      <Stack>
        <p>
          <strong>{holdsText(one.holds)}</strong>, seen on {dayWords(one.seen)} by {one.by}.
        </p>
        {one.note === null ? null : <p className="reading">{one.note}</p>}
        {mayWrite && one.state !== 'withdrawn' ? (
          <Row>
            <Button onClick={onAgain}>Look again…</Button>
            <Button onClick={() => setAsked(true)}>Withdraw it…</Button>
          </Row>
        ) : null}
        <Facts
          facts={[
            ['This statement', STATE_WORDS[one.state]],
            [
              'Valid until',
              one.countsUntil === null
                ? 'The catalogue no longer accepts it'
                : `${dayWords(one.countsUntil)}${left === null ? '' : `, ${left}`}`,
            ],
            [
              'The control now',
              one.verdict === null ? 'Not decided' : <VerdictMark key="verdict" state={one.verdict} />,
            ],
            [
              'Severity',
              one.severity === null ? 'Not reported' : <Severity key="severity" level={one.severity} />,
            ],
            [
              'Evidence',
              one.evidence === null ? (
                'None'
              ) : (
                <Proofs key="evidence" slug={slug} files={[one.evidence, ...one.moreEvidence]} />
              ),
            ],
            ['Recorded', <When key="made" at={one.createdAt} />],
            ['How', one.imported ? 'With an import' : 'In the console'],
          ]}
        />
        {one.withdrawn === null ? null : (
          <p>
            Withdrawn by {one.withdrawn.by}, <When at={one.withdrawn.at} />
            <span className="second">{one.withdrawn.reason}</span>
          </p>
        )}
      </Stack>
      {asked ? <WithdrawDialog attestation={one} onClose={() => setAsked(false)} /> : null}
    </SidePanel>
  );
}

function Proofs({ slug, files }: { slug: string; files: readonly NonNullable<Attestation['evidence']>[] }) {
  return (
    <ul className={classes.proofs}>
      {files.map(({ sha256, name, bytes }) => (
        <li key={sha256}>
          <Hash
            sha={sha256}
            link={(content) => (
              <a href={`/c/${slug}/evidence/${sha256}`}>
                {name ?? ''} {content}
              </a>
            )}
          />
          {bytes === null ? null : <span className="muted"> {sizeWords(bytes)}</span>}
        </li>
      ))}
    </ul>
  );
}

function WithdrawDialog({ attestation: one, onClose }: { attestation: Attestation; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Say why. The reason stays on the record.') });
  const submit = async () => {
    if (!fields.check()) return false;
    try {
      await calls.attestations.withdraw({
        client: slug,
        attestation: one.id,
        reason: fields.values.reason.trim(),
      });
    } finally {
      await queries.invalidateQueries();
    }
    toast({ kind: 'done', text: 'Withdrawn. It stays on the record but no longer counts.' });
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Withdraw an attestation"
      submit="Withdraw it"
      final
      onSubmit={submit}
    >
      <p>
        {one.by} looked on {dayWords(one.seen)}: {holdsText(one.holds).toLowerCase()}. Without it{' '}
        <span className="mono">{one.control}</span> is re-evaluated from what is left. This cannot be undone;
        make a new statement instead.
      </p>
      <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
    </FormDialog>
  );
}
