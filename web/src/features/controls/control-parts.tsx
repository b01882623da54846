import { Link } from '@tanstack/react-router';
import { FACT_WORDS } from '../../../../src/domain/labels.ts';
import { STEP_PLACES, type StepPlace, stepPlace } from '../../../../src/domain/text/step-document.ts';
import { dayWords, monthWords } from '../../../../src/domain/text/words.ts';
import { useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Hash } from '../../ui/hash.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { PathLine } from '../paths/path-line.tsx';
import classes from './controls.module.css';
import { AppLink } from './link-button.tsx';
import { type Control, type Evidence, type Fact, minutesWords } from './words.ts';

/** Location of a fact: file, row, day, and a link to the file if it is stored. */
export function EvidenceLine({ slug, evidence }: { slug: string; evidence: Evidence }) {
  const mayOpen = useMay('evidence.read');
  return (
    <Row as="span" gap="md" justify="between">
      <span>
        {evidence.kind === 'attestations' ? 'Statement by a person' : evidence.file}
        {evidence.row === null || evidence.kind === 'attestations' ? '' : `, row ${evidence.row}`}
        <span className="muted"> · {dayWords(evidence.observedOn)}</span>
      </span>
      {evidence.removedOn === null ? null : (
        <span className="muted">removed by retention on {dayWords(evidence.removedOn)}</span>
      )}
      {evidence.sha256 === null || !mayOpen ? null : <EvidenceHash slug={slug} sha={evidence.sha256} />}
    </Row>
  );
}

export function EvidenceHash({ slug, sha }: { slug: string; sha: string }) {
  return (
    <Hash sha={sha} link={(content) => <Link to={`/c/${slug}/evidence/${sha}` as '/'}>{content}</Link>} />
  );
}

/** The items that a verdict names, each with the rows behind it. */
export function Items({ slug, control, max }: { slug: string; control: Control; max?: number }) {
  const shown = max === undefined ? control.items : control.items.slice(0, max);
  return (
    <PlainTable
      label="What was observed"
      rows={shown}
      rowId={({ key }) => key}
      framed={max !== undefined}
      columns={[
        { head: 'Listed', cell: ({ label }) => label },
        { head: 'Why', cell: ({ detail }) => detail },
        ...(max === undefined
          ? [
              {
                head: 'Evidence',
                cell: ({ evidence }: Control['items'][number]) =>
                  evidence.map((one) => (
                    <EvidenceLine key={`${one.file} ${one.row} ${one.says}`} slug={slug} evidence={one} />
                  )),
              },
            ]
          : []),
      ]}
    />
  );
}

/** The files and documents behind a verdict as a whole. */
export function RestsOn({ slug, evidence }: { slug: string; evidence: readonly Evidence[] }) {
  return (
    <PlainTable
      label="What it is based on"
      rows={evidence}
      rowId={(one) => `${one.kind} ${one.file} ${one.row} ${one.says}`}
      columns={[
        { head: 'Based on', className: classes.kind, cell: (one) => one.kindName },
        { head: 'Says', cell: (one) => one.says },
        { head: 'Evidence', cell: (one) => <EvidenceLine slug={slug} evidence={one} /> },
      ]}
    />
  );
}

const ON_ENTERPRISE: Readonly<Record<NonNullable<Control['lacks']>[number]['onEnterprise'], string>> = {
  yes: 'Claude Enterprise would add it',
  no: 'Claude Enterprise would not add it',
  unknown: 'Not known whether Claude Enterprise would add it',
};

/** Features that the client's plan and licenses lack for a control, and what Claude Enterprise would add. */
export function WithEnterprise({ lacks }: Pick<Control, 'lacks'>) {
  if (lacks === null || lacks.length === 0) return null;
  return (
    <Card title="What Enterprise would add" flush>
      <ul>
        {lacks.map(({ id, title, means, onEnterprise }) => (
          <li key={id}>
            <Link to={`/catalogue/capabilities/${id}` as '/'}>{title}</Link>
            <span className="second">
              {ON_ENTERPRISE[onEnterprise]}. {means}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The steps: where to click, what to copy, and when the path was last checked. */
export function HowToFix({
  slug = null,
  remediation,
}: Pick<Control, 'remediation'> & {
  /** The client in whose accounts the steps are done; null: they are shown for no particular client. */
  slug?: string | null;
}) {
  return (
    <Card title="How to fix" flush aside={`${minutesWords(remediation.minutes)} · ${remediation.who}`}>
      <ol className={classes.steps}>
        {remediation.steps.map((step, at) => (
          <li key={step.do}>
            <span className={classes.number} aria-hidden="true">
              {at + 1}
            </span>
            <div>
              <p className="medium">{step.do}</p>
              {step.why === null ? null : <p className="muted">{step.why}</p>}
              <PathLine step={step} />
              {step.command === null ? null : (
                <div className={classes.command}>
                  <StepCommand slug={slug} command={step.command} name={`step ${at + 1}`} />
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Pages of the console for entering what a step would otherwise write into a document. */
const PAGES: Readonly<Record<StepPlace, string>> = {
  charter: '/charter',
  client: '/settings',
  journal: '/deployment',
  attestations: '/attestations?new=choose',
  connectorRequests: '/connectors/requests',
  personalAccounts: '/personal-accounts',
};

/** An HTTP request to a vendor's API rather than a shell command. */
const REQUEST = /^(GET|POST|PUT|PATCH|DELETE)\s/;

/**
 * Text to copy into another system, shown below the step in words; for one of Bylaw's own documents, a link to where it
 * is entered in the console.
 */
export function StepCommand({ slug, command, name }: { slug: string | null; command: string; name: string }) {
  const place = stepPlace(command);
  if (place === null)
    return (
      <Fold
        summary={
          <>
            {REQUEST.test(command) ? 'As a request' : /^https?:/.test(command) ? 'The address' : 'To copy'}
            <span className="hidden-text">: {name}</span>
          </>
        }
      >
        <CopyValue value={command} name={name} />
      </Fold>
    );
  const label = STEP_PLACES[place];
  return (
    <span className="line">
      In Bylaw, it is entered under{' '}
      {slug === null ? label : <AppLink href={`/c/${slug}${PAGES[place]}`}>{label}</AppLink>}.
    </span>
  );
}

/** Guide and vendor side by side, each with its date, and how they differ. */
export function Sides({ facts }: { facts: readonly Fact[] }) {
  const differing = facts.filter(({ status, guide }) => status !== 'agrees' && guide !== null).length;
  return (
    <Card
      title="What the guide says, what the vendor says"
      flush
      aside={`${facts.length} ${facts.length === 1 ? 'fact' : 'facts'} · ${differing === 0 ? 'no difference' : `${differing} ${differing === 1 ? 'differs' : 'differ'}`}`}
    >
      <PlainTable
        label="Guide and vendor"
        rows={facts}
        rowId={(fact) => fact.id}
        columns={[
          {
            head: 'Fact',
            cell: (fact) => <Link to={`/catalogue/capabilities/${fact.id}` as '/'}>{fact.title}</Link>,
          },
          {
            head: 'Guide',
            cell: (fact) => (
              <>
                {fact.guide === null ? <span className="muted">Says nothing about it</span> : fact.guide}
                {fact.guideAsOf === null || fact.guide === null ? null : (
                  <span className="second">{monthWords(fact.guideAsOf)}</span>
                )}
              </>
            ),
          },
          {
            head: 'Vendor',
            cell: (fact) => (
              <>
                <span className="tag">{FACT_WORDS[fact.status]}</span> {fact.vendor}
                <span className="second">As of {dayWords(fact.vendorAsOf)}</span>
                <Sources sources={fact.sources} />
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** Links to a vendor's pages. The host is shown next to the title, so that people see where a link leads. */
export function Sources({ sources }: { sources: Fact['sources'] }) {
  return (
    <Stack as="ul" gap="2xs" above="xs" className="small">
      {sources.map((source) => (
        <li key={source.url}>
          <a href={source.url} target="_blank" rel="noopener noreferrer">
            {source.title}
          </a>{' '}
          <span className="muted">
            {source.host}, read {dayWords(source.read)}
          </span>
        </li>
      ))}
    </Stack>
  );
}

/** The ways to decide a control, in order: which one decided, and why the earlier ones could not. */
export function Checks({ checks }: Pick<Control, 'checks'>) {
  return (
    <Stack as="ol" gap="sm" bullets>
      {checks.map((check) => (
        <li key={check.rule + check.reads.join()}>
          {check.reads.length === 0 ? 'The catalogue only' : check.reads.join(', ')}
          {check.inUse ? <strong> in use</strong> : null}
          <span className="second">
            Counts for {check.freshDays} days
            {check.reason === null || check.inUse ? '' : `. ${check.reason}`}
          </span>
        </li>
      ))}
    </Stack>
  );
}
