import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client, queries } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { actWords, WaitingAct } from '../connections/waiting-act.tsx';
import { ControlsOf } from './controls-of.tsx';
import { CredentialDialog } from './credential-dialog.tsx';
import classes from './sources.module.css';
import { type Connection, RECORDING_WORDS, scopeWords, streamWords, type Vendor } from './words.ts';

interface Props {
  one: Connection;
  vendor: Vendor;
  mayEdit: boolean;
}

/** One connected source: its credential, its readings with their state, and what it cannot see. */
export function ConnectionCard({ one, vendor, mayEdit }: Props) {
  const { credential } = vendor.words;
  const { slug } = useClientHere();
  const recording = one.recording === null ? null : RECORDING_WORDS[one.recording];
  return (
    <Card title={`${one.name}: ${one.keyName}`} flush>
      <Stack gap="sm" className="pad wraps">
        {one.hasKey ? null : (
          <Notice mark="cannot_read">
            The {credential} was lost with the key that encrypted it. Enter it again.
          </Notice>
        )}
        {one.problem === null ? null : <Notice mark="fail">{one.problem}</Notice>}
        <p>
          {capitalized(credential)} <code>{one.hint}</code>, connected by {one.connectedBy}{' '}
          <When at={one.connectedAt} inline />.
          {one.tenants.length === 0
            ? null
            : ` ${one.streams.length > 0 ? 'It reads' : 'It is for'} ${one.tenants.map(({ id, name }) => name ?? id).join(', ')}.`}
          {one.expiresAt === null ? null : (
            <>
              {' '}
              It expires <When at={one.expiresAt} inline />.
            </>
          )}
        </p>
        {recording === null ? null : (
          <p>
            <VerdictMark state={recording.state}>{recording.word}</VerdictMark>
            {one.recording === 'unknown'
              ? ` The vendor does not report it with this ${credential}. While it is off, nothing is recorded that could be read later.`
              : null}
          </p>
        )}
        {one.proposed === null ? null : (
          <WaitingAct
            about={`${one.name}: ${one.keyName}`}
            proposed={one.proposed}
            approve={() =>
              client.sources.approveDisconnect({
                client: slug,
                connection: one.connection,
                proposed: one.proposed?.id ?? '',
              })
            }
            withdraw={(reason) =>
              client.sources.withdrawDisconnect({
                client: slug,
                connection: one.connection,
                proposed: one.proposed?.id ?? '',
                reason,
              })
            }
          />
        )}
        {mayEdit ? <Acts one={one} vendor={vendor} /> : null}
      </Stack>
      {one.streams.length === 0 ? null : <Streams one={one} />}
      <Scopes one={one} credential={credential} />
    </Card>
  );
}

/** A page can show several connections, so each labels its own parts. */
const partOf = ({ name, keyName }: Connection, part: string) => `${name}: ${keyName}, ${part}`;

function Streams({ one }: { one: Connection }) {
  return (
    <section aria-label={partOf(one, 'what is read')} className={classes.part}>
      <h3 className="pad">What is read</h3>
      <Lines label="Readings">
        {one.streams.map((stream) => (
          <Line
            key={stream.stream}
            head={
              <>
                <h4>{stream.title}</h4>
                <VerdictMark state={streamWords(stream).state}>{streamWords(stream).word}</VerdictMark>
              </>
            }
          >
            <p>
              Last read: <When at={stream.readAt} />.{' '}
              {stream.newestAt === null ? null : (
                <>
                  The newest event happened <When at={stream.newestAt} inline />.{' '}
                </>
              )}
              {stream.complete === null ? null : (
                <>
                  Nothing is missing from <When at={stream.complete.from} inline /> to{' '}
                  <When at={stream.complete.to} inline />.
                </>
              )}
            </p>
            {stream.says === null ? null : <p>{stream.says}</p>}
            {stream.state === 'ok' || stream.state === 'reading' ? null : (
              <p className="muted">
                Next reading:{' '}
                {Date.parse(stream.nextAt) - serverNow().getTime() < 60_000 ? (
                  'within a minute'
                ) : (
                  <When at={stream.nextAt} inline />
                )}
                .
              </p>
            )}
          </Line>
        ))}
      </Lines>
    </section>
  );
}

/** Permissions of the credential, in one line if none is missing. */
function Scopes({ one, credential }: { one: Connection; credential: string }) {
  const { scopes, testedAt, streams } = one;
  const heading = `What the ${credential} may ${streams.length > 0 ? 'read' : 'do'}`;
  const granted = scopes.filter(({ state }) => state === 'granted').length;
  const asked = scopes.filter(({ state, optional }) => !optional || state !== 'missing').length;
  return (
    <section aria-label={partOf(one, heading)} className={`pad ${classes.part}`}>
      <Fold
        open={granted < asked}
        summary={
          <>
            <strong>{heading}:</strong> {granted} of {asked} permissions
            {asked < scopes.length ? `, ${scopes.length - asked} optional` : ''}, tested{' '}
            <When at={testedAt} inline />
          </>
        }
      >
        <Lines label={heading}>
          {scopes.map((scope) => (
            <Line
              key={scope.scope}
              head={
                <VerdictMark state={scopeWords(scope).state}>
                  {streams.length === 0 && scope.state === 'granted' ? 'Granted' : scopeWords(scope).word}
                </VerdictMark>
              }
            >
              <p>
                {scope.reads} <code className="muted">{scope.scope}</code>
              </p>
              {scope.state === 'granted' ? null : (
                <>
                  <p className="muted">
                    {scope.optional ? `Without it: ${scope.blinds}` : scope.blinds} {scope.why}
                  </p>
                  <ControlsOf scope={scope} />
                </>
              )}
            </Line>
          ))}
        </Lines>
      </Fold>
    </section>
  );
}

function Acts({ one, vendor }: { one: Connection; vendor: Vendor }) {
  const { credential } = vendor.words;
  const { slug } = useClientHere();
  const [dialog, setDialog] = useState<'credential' | 'disconnect' | null>(null);
  const about = { client: slug, connection: one.connection };
  const settle = { onSettled: () => queries.invalidateQueries() };
  const read = useMutation({ mutationFn: () => client.sources.read(about), ...settle });
  const test = useMutation({ mutationFn: () => client.sources.test(about), ...settle });
  const failed = read.error ?? test.error;
  return (
    <>
      <Row>
        {one.streams.length === 0 ? null : (
          <Button loading={read.isPending} disabled={!one.hasKey} onClick={() => read.mutate()}>
            Read now
          </Button>
        )}
        <Button loading={test.isPending} disabled={!one.hasKey} onClick={() => test.mutate()}>
          Test the {credential}
        </Button>
        <Button onClick={() => setDialog('credential')}>Replace the {credential}…</Button>
        <Button onClick={() => setDialog('disconnect')}>Disconnect…</Button>
      </Row>
      <div role="status">
        {failed === null ? null : <Notice mark="cannot_read">{explainError(failed).text}</Notice>}
      </div>
      <CredentialDialog
        opened={dialog === 'credential'}
        onClose={() => setDialog(null)}
        title={`Replace the ${credential}`}
        submit={`Replace the ${credential}`}
        vendors={[vendor]}
        stored={one.settings}
        send={(_, entered) =>
          client.sources.replaceKey({ ...about, version: one.version, credential: entered })
        }
        done={`The ${credential} is replaced.${one.streams.length > 0 ? ' Reading continues where it stopped.' : ''}`}
      />
      <FormDialog
        opened={dialog === 'disconnect'}
        onClose={() => setDialog(null)}
        title="Disconnect the source"
        submit="Disconnect"
        final
        onSubmit={async () => {
          const { connections } = await client.sources.disconnect({ ...about, version: one.version });
          const waits = connections.some(({ connection }) => connection === one.connection);
          await done(actWords(waits, `The source is disconnected. Its ${credential} is deleted here.`));
          return true;
        }}
      >
        <p>
          The {credential} is deleted here and nothing more is {one.streams.length > 0 ? 'read' : 'changed'}{' '}
          with it. What was read stays. Delete the {credential} at {vendor.name} too, if no one else uses it.
        </p>
      </FormDialog>
    </>
  );
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
