import { count } from '../../../../src/domain/text/words.ts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { Part } from './part.tsx';
import { APP_WORDS, DEVICE_WORDS, PATH_WORDS, platformWords, type Tenant, vendorWords } from './words.ts';

/** People shown; the rest is collapsed. */
const MAX_OPEN = 8;

/** How many devices are compliant, and which people with a seat in Claude are not ready for a device policy. */
export function DevicesCard({ devices }: { devices: Tenant['devices'] }) {
  const { read, total, compliant, notCompliant, unknown, seats, ready, notReady } = devices;
  const first = notReady.slice(0, MAX_OPEN);
  const rest = notReady.slice(MAX_OPEN);
  return (
    <Part
      title="Devices in Intune"
      read={read}
      // A count of people, not devices: one compliant device says nothing about people who have none.
      aside={seats === null ? undefined : `${ready} of ${count(seats, 'person', 'people')} ready`}
      foot="Devices that Intune does not know are not listed."
    >
      <Stack gap="md">
        <p>
          {count(total, 'device')}: {compliant} compliant, {notCompliant} not, {unknown} without a result.
        </p>
        {seats === null ? (
          <VerdictMark state="cannot_read">
            The list of seat holders in Claude was not read, so it is not known who is ready.
          </VerdictMark>
        ) : (
          <p>
            {ready} of {count(seats, 'person', 'people')} with a seat in Claude {ready === 1 ? 'has' : 'have'}{' '}
            a device, and every one of their devices is compliant.
          </p>
        )}
        {notReady.length === 0 ? null : (
          <>
            <NotReady people={first} label="People who are not ready" />
            {rest.length === 0 ? null : (
              <Fold summary={`${rest.length} more`}>
                <NotReady people={rest} label="More people who are not ready" />
              </Fold>
            )}
          </>
        )}
      </Stack>
    </Part>
  );
}

/** The compliance policies by which Intune considers a device compliant. */
export function PoliciesCard({ policies: { read, list } }: { policies: Tenant['policies'] }) {
  return (
    <Part
      title="Compliance policies in Intune"
      read={read}
      aside={count(list.length, 'policy', 'policies')}
      flush={list.length > 0}
    >
      {list.length === 0 ? (
        <VerdictMark state="fail">
          There are none. Without one, Intune calls every device compliant unless its settings say otherwise.
        </VerdictMark>
      ) : (
        <Lines label="Compliance policies" head="60%">
          {list.map((one) => (
            <Line key={one.name} head={<p className="wraps">{one.name}</p>}>
              <p>{one.platform === null ? 'Platform not reported' : platformWords(one.platform)}</p>
              {one.changedAt === null ? null : (
                <p className="muted">
                  Changed <When at={one.changedAt} inline />
                </p>
              )}
            </Line>
          ))}
        </Lines>
      )}
    </Part>
  );
}

function NotReady({ people, label }: { people: Tenant['devices']['notReady']; label: string }) {
  return (
    <Lines label={label} head="60%">
      {people.map((one) => (
        <Line key={one.email} head={<p className="wraps">{one.email}</p>}>
          <VerdictMark state={one.is === 'unknown' ? 'cannot_read' : 'fail'}>
            {DEVICE_WORDS[one.is]}
          </VerdictMark>
        </Line>
      ))}
    </Lines>
  );
}

/** Applications that belong to Claude or carry its name. Look-alikes come first. */
export function AppsCard({ apps: { read, list } }: { apps: Tenant['apps'] }) {
  const order = ['disguised', 'named', 'sign_in', 'connector'];
  const sorted = list.toSorted((a, b) => order.indexOf(a.is) - order.indexOf(b.is));
  return (
    <Part title="Applications that use Claude’s name" read={read} flush={list.length > 0}>
      {list.length === 0 ? (
        <p>None of the enterprise applications is Claude’s or uses its name.</p>
      ) : (
        <Lines label="Applications" head="45%">
          {sorted.map((app) => (
            <Line
              key={app.appId}
              head={
                <>
                  <h3>{app.name}</h3>
                  <CopyValue value={app.appId} name={`${app.name}’s application ID`} />
                </>
              }
            >
              {app.is === 'disguised' || app.is === 'named' ? (
                <VerdictMark state={app.is === 'disguised' ? 'fail' : 'cannot_read'}>
                  {APP_WORDS[app.is]}
                </VerdictMark>
              ) : (
                <p>{APP_WORDS[app.is]}</p>
              )}
              <p className="muted">
                Publisher {app.publisher ?? 'not reported'}.{' '}
                {app.createdAt === null && app.path === null ? (
                  'When and how it was added is not reported.'
                ) : (
                  <>
                    In the tenant
                    {app.createdAt === null ? null : (
                      <>
                        {' since '}
                        <When at={app.createdAt} inline />
                      </>
                    )}
                    {app.path === null ? null : `, ${PATH_WORDS[app.path]}`}.
                  </>
                )}
              </p>
            </Line>
          ))}
        </Lines>
      )}
    </Part>
  );
}

/** Entra ID licenses of the tenant, compared with the people whose features require them. A figure, not a verdict. */
export function PremiumCard({ premium }: { premium: Tenant['premium'] }) {
  const tiers = [
    { name: 'P1', owned: premium.p1Owned, used: premium.p1Used },
    { name: 'P2', owned: premium.p2Owned, used: premium.p2Used },
  ];
  return (
    <Part
      title="Entra ID P1 and P2: used and owned"
      read={premium.read}
      flush
      foot="Microsoft counts people who used a feature. Having more people than licenses is a licensing matter and does not block anything."
    >
      <Lines label="Licenses" head="30%">
        {tiers.map(({ name, owned, used }) => (
          <Line key={name} head={<h3>Entra ID {name}</h3>}>
            <p>{owned === null ? 'Microsoft does not report how many are owned.' : `${owned} owned.`}</p>
            {used.map(({ feature, people }) => (
              <p key={feature}>
                {vendorWords(feature)}: {count(people, 'person', 'people')}
                {owned !== null && people > owned ? `, ${people - owned} more than owned` : ''}.
              </p>
            ))}
          </Line>
        ))}
      </Lines>
    </Part>
  );
}

export function DomainsCard({ domains: { read, list } }: { domains: Tenant['domains'] }) {
  return (
    <Part title="Domains of the tenant" read={read} flush={list.length > 0}>
      {list.length === 0 ? (
        <p>The tenant lists none.</p>
      ) : (
        <Lines label="Domains" head="60%">
          {list.map((domain) => (
            <Line key={domain.name} head={<p className="wraps">{domain.name}</p>}>
              {domain.verified === true ? (
                <p>Verified{domain.isDefault === true ? ', the default' : ''}</p>
              ) : (
                <VerdictMark state="cannot_read">
                  {domain.verified === null ? 'Verification not reported' : 'Not verified'}
                </VerdictMark>
              )}
            </Line>
          ))}
        </Lines>
      )}
    </Part>
  );
}
