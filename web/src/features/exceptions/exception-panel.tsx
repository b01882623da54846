import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Severity } from '../../ui/severity.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { coversText, daysLeftText, type Exception, STATE_WORDS } from './words.ts';

type Act = 'approve' | 'refuse' | 'end';

/** One exception: what it covers, who requested and who decided it, and the possible actions. */
export function ExceptionPanel({ exception: one, onClose }: { exception: Exception; onClose: () => void }) {
  const { slug } = useClientHere();
  const [act, setAct] = useState<Act | null>(null);
  const left = daysLeftText(one);
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
        <Row>
          <State exception={one} />
          {one.severity === null ? null : <Severity level={one.severity} />}
        </Row>
        <p className="reading">{one.reason}</p>
        {one.why === null ? null : <Notice mark="fail">{one.why}</Notice>}
        {one.source === 'charter' ? (
          <Notice>It is part of the imported charter. Change it there and import the charter again.</Notice>
        ) : null}
        {one.approval?.words == null ? null : (
          <Notice mark={one.approval.ok ? 'info' : 'pending'}>{one.approval.words}</Notice>
        )}
        {one.approval !== null || one.mayEnd ? (
          <Row>
            {one.approval === null ? null : (
              <>
                <Button variant="filled" disabled={!one.approval.ok} onClick={() => setAct('approve')}>
                  Approve…
                </Button>
                <Button onClick={() => setAct('refuse')}>Refuse…</Button>
              </>
            )}
            {one.mayEnd ? (
              <Button onClick={() => setAct('end')}>
                {one.state === 'requested' ? 'Withdraw the request…' : 'End early…'}
              </Button>
            ) : null}
          </Row>
        ) : null}
        <Facts
          facts={[
            ['Owner', one.owner],
            [
              'From',
              one.from === null ? (
                <span key="from" className="muted">
                  Not stated
                </span>
              ) : (
                dayWords(one.from)
              ),
            ],
            ['Until', `${dayWords(one.until)}${left === null ? '' : `, ${left}`}`],
            [
              'The control now',
              one.verdict === null ? 'Not decided' : <VerdictMark key="verdict" state={one.verdict} />,
            ],
          ]}
        />
        <Stack as="section">
          <h3 className="heading">Covers</h3>
          {one.items === null ? (
            <p>The whole control, whatever it lists</p>
          ) : (
            <Stack as="ul" gap="sm">
              {one.items.map((item) => (
                <li key={item.key}>
                  {item.label}
                  <span className="second">
                    {item.key}
                    {item.listed ? '' : '; the control does not list it now'}
                  </span>
                </li>
              ))}
            </Stack>
          )}
        </Stack>
        <History exception={one} />
      </Stack>
      <ActDialog key={act} act={act} exception={one} onClose={() => setAct(null)} />
    </SidePanel>
  );
}

/** Color means verdict: an exception in effect is what makes a control Accepted, so it has that mark. */
export function State({ exception: one }: { exception: Exception }) {
  if (one.counts)
    return (
      <VerdictMark state="accepted">
        {one.state === 'ending_soon' ? (daysLeftText(one) ?? STATE_WORDS[one.state]) : STATE_WORDS[one.state]}
      </VerdictMark>
    );
  if (one.why !== null) return <VerdictMark state="fail">Does not count</VerdictMark>;
  return <span>{STATE_WORDS[one.state]}</span>;
}

function History({ exception: one }: { exception: Exception }) {
  if (one.requested === null) return null;
  return (
    <Stack as="section">
      <h3 className="heading">What happened</h3>
      <Stack as="ul" gap="sm">
        {one.ended === null ? null : (
          <li>
            Ended by {one.ended.by}, <When at={one.ended.at} />
            {one.ended.reason === null ? null : <span className="second">{one.ended.reason}</span>}
          </li>
        )}
        {one.decided === null ? null : (
          <li>
            {one.state === 'refused' ? 'Refused' : 'Approved'} by {one.decided.by},{' '}
            <When at={one.decided.at} />
            <span className="second">
              {one.decided.samePerson && one.state !== 'refused'
                ? 'The same person requested and approved it. '
                : ''}
              {one.decided.note ?? ''}
            </span>
          </li>
        )}
        <li>
          Requested by {one.requested.by}, <When at={one.requested.at} />
        </li>
      </Stack>
    </Stack>
  );
}

const WORDS: Readonly<Record<Act, { title: string; submit: string; done: string }>> = {
  approve: { title: 'Approve an exception', submit: 'Approve', done: 'Approved.' },
  refuse: { title: 'Refuse an exception', submit: 'Refuse', done: 'Refused.' },
  end: { title: 'End an exception', submit: 'End it now', done: 'Ended.' },
};

function ActDialog({
  act,
  exception: one,
  onClose,
}: {
  act: Act | null;
  exception: Exception;
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields(
    { reason: '' },
    { reason: act === 'approve' ? () => null : needed('Say why. The reason stays on the record.') },
  );
  if (act === null || one.version === null) return null;
  const version = one.version;
  const words = WORDS[act];
  const submit = async () => {
    if (!fields.check()) return false;
    const reason = fields.values.reason.trim();
    const which = { client: slug, exception: one.id, version };
    try {
      if (act === 'approve')
        await calls.exceptions.approve({ ...which, ...(reason === '' ? {} : { note: reason }) });
      else if (act === 'refuse') await calls.exceptions.refuse({ ...which, reason });
      else await calls.exceptions.end({ ...which, reason });
    } finally {
      // Someone else may have acted first; either way the page shows the current state.
      await queries.invalidateQueries();
    }
    toast({ kind: 'done', text: words.done });
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={act === 'end' && one.state === 'requested' ? 'Withdraw a request' : words.title}
      submit={act === 'end' && one.state === 'requested' ? 'Withdraw it' : words.submit}
      onSubmit={submit}
    >
      <p>
        <span className="mono">{shortId(one.control)}</span> {one.title}. Covers: {coversText(one)}. Owner:{' '}
        {one.owner}. Until {dayWords(one.until)}.
      </p>
      {act === 'approve' && one.approval?.words != null ? <Notice>{one.approval.words}</Notice> : null}
      {act === 'end' && one.state !== 'requested' ? (
        <p>What it covers counts as failing again from now on. To extend it, make a new request.</p>
      ) : null}
      <Textarea
        label={act === 'approve' ? 'Note (optional)' : 'Reason'}
        autosize
        minRows={2}
        maxLength={2000}
        {...fields.text('reason')}
      />
    </FormDialog>
  );
}
