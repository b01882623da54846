import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import classes from './microsoft-connector.module.css';
import type { Connector } from './microsoft-connector-page.tsx';

/** Scopes added and removed since the previous file of grants. */
function Since({ data: { since } }: { data: Connector }) {
  if (since === null || since.added.length + since.removed.length === 0) return null;
  const part = (words: string, scopes: readonly string[]) =>
    scopes.length === 0 ? null : (
      <p>
        {words} since <When at={since.earlier} inline />: <span className="mono">{scopes.join(', ')}</span>
      </p>
    );
  return (
    <>
      {part('Added', since.added)}
      {part('Removed', since.removed)}
    </>
  );
}

/** Each granted scope, whether the charter needs it, and what it lets Claude do. Surplus scopes come first. */
export function ScopesCard({ data }: { data: Connector }) {
  const rank = (needed: boolean | null) => (needed === false ? 0 : needed === null ? 1 : 2);
  const scopes = data.scopes.toSorted((a, b) => rank(a.needed) - rank(b.needed));
  const usual = scopes.filter(({ needed }) => needed === true);
  const surplus = scopes.filter(({ needed }) => needed === false).length;
  return (
    <Card
      title="Granted scopes"
      aside={scopes.length === 0 ? undefined : `${surplus} of ${scopes.length} not needed`}
      flush
    >
      <Stack gap="xs" className={classes.inside}>
        {data.needed.why === null ? null : <VerdictMark state="cannot_read">{data.needed.why}</VerdictMark>}
        {data.needed.unclear.length === 0 ? null : (
          <VerdictMark state="cannot_read">
            The charter allows {data.needed.unclear.join(', ')}, whose required scopes are not known. List the
            scopes in the charter, under Microsoft Entra.
          </VerdictMark>
        )}
        {scopes.length === 0 ? (
          <p className="muted">
            {data.observed.why === null
              ? 'Nothing is granted to the server application.'
              : 'The granted scopes have not been read.'}
          </p>
        ) : null}
        <Since data={data} />
        {data.lacking.length === 0 ? null : (
          <p>
            Not granted, although approved actions need it:{' '}
            <span className="mono">{data.lacking.join(', ')}</span>
          </p>
        )}
      </Stack>
      <ScopeLines label="Granted scopes" scopes={scopes.filter(({ needed }) => needed !== true)} />
      {usual.length === 0 ? null : (
        <div className="pad">
          <Fold summary={`${usual.length} needed`} open={usual.length === scopes.length}>
            <ScopeLines label="Needed scopes" scopes={usual} />
          </Fold>
        </div>
      )}
    </Card>
  );
}

function ScopeLines({ label, scopes }: { label: string; scopes: Connector['scopes'] }) {
  if (scopes.length === 0) return null;
  return (
    <Lines label={label} head="40%">
      {scopes.map((one) => (
        <Line
          key={one.scope}
          head={
            <>
              <p className="mono">{one.scope}</p>
              {one.needed === null ? (
                <VerdictMark state="cannot_read">Cannot tell</VerdictMark>
              ) : one.needed ? null : (
                <VerdictMark state="fail">Not needed</VerdictMark>
              )}
            </>
          }
        >
          <p>
            {one.lets === null
              ? 'Not among the scopes Anthropic documents for the connector.'
              : `Lets Claude ${one.lets}.`}{' '}
            <span className="muted">
              {one.everyone ? 'For everyone' : `For ${count(one.people, 'person', 'people')}`}
            </span>
          </p>
        </Line>
      ))}
    </Lines>
  );
}

/** API calls that remove what is not needed, for removing it by hand. */
export function RemovalsCard({ data }: { data: Connector }) {
  if (data.removals.length === 0) return null;
  return (
    <Card
      title="Remove what is not needed"
      foot="Plan it as a change under Claude’s applications below, or run one of the two commands and have the grants read again."
    >
      <Stack as="ul" divided aria-label="Calls that remove scopes">
        {data.removals.map((one) => (
          <Stack as="li" gap="xs" className="wraps" key={`${one.grant} ${one.person}`}>
            <p>
              {one.person === null ? 'For everyone' : `For the person ${one.person}`}: removes{' '}
              <span className="mono">{one.removes.join(', ')}</span>
              {one.keeps.length === 0 ? ' and with it the whole grant.' : '.'}
            </p>
            <Fold summary="As a command">
              <Stack gap="xs">
                <p className="muted">Microsoft Graph</p>
                <CopyValue value={one.graph} name="the Graph request" />
                <p className="muted">
                  PowerShell, after Connect-MgGraph -Scopes DelegatedPermissionGrant.ReadWrite.All
                </p>
                <CopyValue value={one.powershell} name="the PowerShell command" />
              </Stack>
            </Fold>
            {one.grant === null ? (
              <p>The file does not include the grant’s ID; export it again with the id property included.</p>
            ) : null}
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}
