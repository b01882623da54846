import { useQuery } from '@tanstack/react-query';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';

type Found = Awaited<ReturnType<typeof calls.conditionalAccess.signIns>>;
type SignIn = Found['items'][number];

/** The latest sign-ins to Claude: who, which device and place, whether with MFA, and how policies applied to each. */
export function SignInsTab({ slug }: { slug: string }) {
  const load = useQuery(api.conditionalAccess.signIns.queryOptions({ input: { client: slug } }));
  const { data } = load;
  if (data === undefined) return <LoadFailed load={load} what="The sign-ins could not be loaded." />;
  if (data.why !== null)
    return (
      <Notice mark="cannot_read">
        {data.why} {data.howToGet}
      </Notice>
    );
  const missed = data.items.filter((one) => one.missed).length;
  return (
    <Card
      title="Sign-ins to Claude"
      aside={`${count(data.total, 'sign-in')} since ${dayWords(data.from ?? '')}`}
    >
      <Stack gap="md">
        {missed === 0 ? null : (
          <Notice mark="fail">
            {count(missed, 'sign-in')} succeeded without MFA although the policy enforces it.
          </Notice>
        )}
        {data.enforced === null ? (
          <p className="muted">MFA is not enforced through a change made here.</p>
        ) : (
          <p className="muted">
            MFA has been enforced since <When at={data.enforced} inline />.
          </p>
        )}
        {data.items.length === 0 ? (
          <p>No one signed in to Claude through Entra during this period.</p>
        ) : (
          <PlainTable
            label="Last sign-ins to Claude"
            framed
            rows={data.items}
            rowId={(row) => `${row.at} ${row.person} ${row.app} ${row.address}`}
            columns={[
              { head: 'When', cell: (row) => <When at={row.at} /> },
              { head: 'Who', cell: (row) => row.person ?? 'Not named' },
              { head: 'Application', cell: (row) => row.app },
              { head: 'From', cell: fromWords },
              { head: 'MFA', cell: (row) => <Mfa row={row} /> },
              { head: 'Policies', cell: policyWords },
            ]}
          />
        )}
      </Stack>
    </Card>
  );
}

function fromWords({ connector, interactive, address, device }: SignIn): string {
  const held =
    device.compliant === null ? 'compliance not recorded' : device.compliant ? 'compliant' : 'not compliant';
  const parts = [device.name, device.os, device.browser].filter((one) => one !== null);
  const where = address ?? 'address not recorded';
  if (connector) return `Connector traffic, ${where}`;
  return [
    ...(interactive === false ? ['a program'] : []),
    parts.length === 0 ? 'device not named' : parts.join(', '),
    held,
    where,
  ].join(', ');
}

function Mfa({ row }: { row: SignIn }) {
  if (row.succeeded === false) return <>Failed{row.errorCode === null ? '' : ` (${row.errorCode})`}</>;
  if (row.mfa === true) return <>With MFA</>;
  if (row.connector || row.interactive === false) return <>Not asked: no person</>;
  if (row.mfa === null) return <VerdictMark state="cannot_read">Not recorded</VerdictMark>;
  return row.missed ? <VerdictMark state="fail">Without MFA</VerdictMark> : <>Without MFA</>;
}

const RESULTS: Readonly<Record<string, string>> = {
  success: 'met',
  failure: 'not met',
  notApplied: 'does not apply',
  notEnabled: 'off',
  reportOnlySuccess: 'report-only, would be met',
  reportOnlyFailure: 'report-only, would not be met',
  reportOnlyNotApplied: 'report-only, does not apply',
  reportOnlyInterrupted: 'report-only, would ask',
};

function policyWords({ policies }: SignIn): string {
  if (policies.length === 0) return 'None recorded';
  return policies.map(({ name, result }) => `${name}: ${ownValue(RESULTS, result) ?? result}`).join('; ');
}
