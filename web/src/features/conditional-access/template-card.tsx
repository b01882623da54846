import { ACCESS_PART_WORDS } from '../../../../src/domain/labels.ts';
import { count, dayWords, names, shortId, verb } from '../../../../src/domain/text/words.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { ByDevice } from './by-device.tsx';
import { ChangePart } from './change-part.tsx';
import { LegacyPart } from './legacy-part.tsx';
import { StepsPart } from './steps-part.tsx';
import { TestPart } from './test-part.tsx';
import { type Access, stateWords, type Template, valueWords } from './words.ts';

interface TemplateCardProps {
  readonly slug: string;
  readonly data: Access;
  readonly template: Template;
  /** Its steps are shown. */
  readonly open: boolean;
  readonly state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced' | undefined;
}

/** One policy of the guide: its license, what covers it, its state in Entra, whom it affects, and the steps. */
export function TemplateCard({ slug, data, template, open, state }: TemplateCardProps) {
  const { control, made, limits } = template;
  const locked = template.offered === 'no';
  const here = `/c/${slug}/conditional-access`;
  return (
    <Card
      title={template.title}
      aside={control.state === null ? undefined : <VerdictMark state={control.state} />}
    >
      <Stack gap="md">
        <p className="measure">{template.means}</p>
        <Facts
          long
          facts={[
            ['License', <License key="license" slug={slug} template={template} />],
            ['Coverage', <Coverage key="coverage" data={data} template={template} />],
            ['In Entra', <Made key="made" data={data} template={template} />],
            ...(template.without === null
              ? []
              : [
                  [
                    'Left out on purpose',
                    <LeftOut key="without" data={data} without={template.without} />,
                  ] as const,
                ]),
            ['Who is affected', <ImpactPart key="impact" template={template} />],
            ...(template.id === 'compliant_device' && data.observed.on !== null
              ? [['By device', <ByDevice key="device" slug={slug} data={data} />] as const]
              : []),
            ...(template.test === null
              ? []
              : [['Session policy', <TestPart key="test" slug={slug} test={template.test} />] as const]),
            ...(template.legacy === null
              ? []
              : [
                  [
                    'Legacy policy',
                    <LegacyPart key="legacy" slug={slug} legacy={template.legacy} made={made !== null} />,
                  ] as const,
                ]),
            [
              'Control',
              <AppLink key="control" href={`/c/${slug}/controls/${control.id.replace(/^CLA-/, '')}`}>
                {shortId(control.id)}
              </AppLink>,
            ],
          ]}
        />
        {template.sheet.length === 0 ? null : (
          <Fold summary="What to enter in the Defender portal">
            <ol>
              {template.sheet.map((step) => (
                <li key={step.where}>
                  <p>{step.where}</p>
                  <ul className="wraps">
                    {step.choose.map((one) => (
                      <li key={one}>{one}</li>
                    ))}
                  </ul>
                </li>
              ))}
            </ol>
            <AppLink href={`/c/${slug}/attestations?new=${control.id}`}>
              Record your settings as an attestation
            </AppLink>
          </Fold>
        )}
        <Fold summary="What it does not do">
          <ul>
            {limits.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Fold>
        {locked || data.observed.on === null ? null : (
          <>
            <ChangePart slug={slug} data={data} template={template}>
              {open ? null : (
                <LinkButton href={`${here}?policy=${template.id}`}>
                  {made === null ? 'Show the steps' : 'Show the steps to change it'}
                  <span className="hidden-text">: {template.name}</span>
                </LinkButton>
              )}
            </ChangePart>
            {open ? (
              <StepsPart slug={slug} data={data} template={template} state={state} close={here} />
            ) : null}
          </>
        )}
      </Stack>
    </Card>
  );
}

function License({ slug, template }: { slug: string; template: Template }) {
  const { offered, needs, unlock } = template;
  const open = needs.filter(({ has }) => has !== 'yes');
  if (offered === 'yes') return <>Licensed: {needs.map(({ title }) => title).join(', ')}</>;
  return (
    <Stack gap="xs">
      <VerdictMark state={offered === 'no' ? 'not_licensed' : 'cannot_read'}>
        {offered === 'no' ? 'Not licensed' : 'Cannot tell whether it is licensed'}
      </VerdictMark>
      {open.map((need) => (
        <p key={need.id}>{need.reason}</p>
      ))}
      {unlock.map(({ name, month }) => (
        <p key={name}>
          {name}: {month === null ? 'no price is known' : `${month} a month`}
        </p>
      ))}
      {offered === 'no' ? <AppLink href={`/c/${slug}/planner`}>Compare licenses</AppLink> : null}
    </Stack>
  );
}

function Coverage({ data, template }: { data: Access; template: Template }) {
  if (template.coverage.length === 0) return <p>Entra has no Claude application it could apply to.</p>;
  return (
    <Stack gap="sm">
      {alike(template.coverage).map(({ apps, line }) => (
        <div key={line.appId}>
          <p>{coverageWords(line, names(apps.map((id) => valueWords(id, data.labels))))}</p>
          {line.holes.length + line.near.length === 0 ? null : (
            <ul className="wraps">
              {line.holes.map((hole) => (
                <li key={`${hole.label} ${hole.detail}`}>
                  {hole.label}: {hole.detail}
                </li>
              ))}
              {line.near.map((near) => (
                <li key={`${near.policy} ${near.why}`}>
                  “{near.policy}” {near.why}.
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </Stack>
  );
}

/** Merges applications with the same coverage into one line. */
function alike(coverage: Template['coverage']) {
  const lines = new Map<string, { apps: string[]; line: Template['coverage'][number] }>();
  for (const line of coverage) {
    const same = JSON.stringify({ ...line, appId: null });
    const one = lines.get(same) ?? { apps: [], line };
    one.apps.push(line.appId);
    lines.set(same, one);
  }
  return [...lines.values()];
}

function coverageWords({ is, by, due }: Template['coverage'][number], app: string): string {
  const policies = names(by.map((name) => `“${name}”`));
  switch (is) {
    case 'covered':
      return `${app}: ${policies} ${verb(by.length, 'requires', 'require')} it of everyone.`;
    case 'blocked':
      return `${app}: ${policies} ${verb(by.length, 'blocks', 'block')} everyone.`;
    case 'pending':
      return `${app}: ${policies} ${verb(by.length, 'is', 'are')} in report-only until ${dayWords(due ?? '')}. It is not enforced yet.`;
    case 'overdue':
      return `${app}: ${policies} ${verb(by.length, 'is', 'are')} still in report-only${due === null ? ', and no day is set for enabling it' : `; it was due to be enabled on ${dayWords(due)}`}.`;
    case 'gap':
      return `${app}: no enabled policy requires it of everyone.`;
    case 'unknown':
      return `${app}: whether it is required of everyone cannot be determined.`;
  }
}

const RECOGNIZED = {
  id: 'Created here.',
  name: 'Recognized by its name.',
  content: 'Recognized by its requirements.',
} as const;

function Made({ data, template: { made } }: { data: Access; template: Template }) {
  if (made === null)
    return <>{data.observed.on === null ? 'Not read' : 'No policy has been created for this yet.'}</>;
  const weaker = made.differences.some((one) => one.weaker);
  return (
    <Stack gap="xs">
      <p>
        “{made.name}”: {stateWords(made.state)}
        {made.due === null ? '' : ` until ${dayWords(made.due)}`}. {RECOGNIZED[made.by]}
      </p>
      {made.differences.length === 0 ? (
        <p>Matches the guide.</p>
      ) : (
        <>
          <VerdictMark state={weaker ? 'fail' : 'pending'}>
            {weaker ? 'Differs, and is weaker than it should be' : 'Differs'}
          </VerdictMark>
          <ul className="wraps">
            {made.differences.map((one) => (
              <li key={one.part}>
                {ACCESS_PART_WORDS[one.part]}:{' '}
                {[
                  ...(one.missing.length > 0
                    ? [`missing: ${one.missing.map((value) => valueWords(value, data.labels)).join(', ')}`]
                    : []),
                  ...(one.added.length > 0
                    ? [`added: ${one.added.map((value) => valueWords(value, data.labels)).join(', ')}`]
                    : []),
                ].join('; ')}
                .
              </li>
            ))}
          </ul>
          {made.changedBy === null ? null : (
            <p>
              Last changed in Entra by {made.changedBy.by ?? 'an account Entra does not name'}
              {made.changedBy.application ? ' (an application)' : ''}, <When at={made.changedBy.at} inline />.
            </p>
          )}
          {made.letThrough === null ? null : (
            <p>
              Since {dayWords(made.letThrough.from)} that let{' '}
              {count(made.letThrough.signIns, 'sign-in', 'sign-ins')} to Claude through
              {made.letThrough.people.length === 0
                ? ''
                : ` (${names(
                    made.letThrough.people.map(({ who }) => who),
                    8,
                  )})`}
              .
              {made.letThrough.unclear === 0
                ? ''
                : ` For ${made.letThrough.unclear} more, the record does not say.`}
            </p>
          )}
        </>
      )}
    </Stack>
  );
}

function LeftOut({ data, without }: { data: Access; without: NonNullable<Template['without']> }) {
  return (
    <p>
      {names(without.apps.map((id) => valueWords(id, data.labels)))}. {without.reason} Decided by {without.by}
      , <When at={without.on} inline />.
    </p>
  );
}

function ImpactPart({ template: { impact } }: { template: Template }) {
  if (impact.is === 'not_recorded')
    return (
      <>Sign-in records do not include what this policy checks, so who would be affected is not known.</>
    );
  if (impact.is === 'not_read')
    return (
      <p>
        {impact.why} {impact.howToGet}
      </p>
    );
  const met = impact.count ?? 0;
  const unclear = impact.unclear ?? 0;
  return (
    <Stack gap="xs">
      <p>
        {met === 0 ? 'No one' : count(met, 'person', 'people')} in{' '}
        {count(impact.signIns ?? 0, 'sign-in to Claude', 'sign-ins to Claude')} since{' '}
        {dayWords(impact.from ?? '')} would have been{' '}
        {impact.what === 'blocked' ? 'blocked' : 'asked for further proof'}.
        {unclear === 0
          ? ''
          : ` For ${unclear} of them, the file does not record the deciding detail, so there may be more.`}
      </p>
      {impact.people.length === 0 ? null : (
        <Fold summary="Who">
          <ul>
            {impact.people.map((one) => (
              <li key={one.who}>
                {one.who || 'Someone without a name'}: {count(one.signIns, 'sign-in')}, the last{' '}
                <When at={one.last} inline />
                {one.devices.length === 0 ? '' : `, from ${names(one.devices, 4)}`}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </Stack>
  );
}
