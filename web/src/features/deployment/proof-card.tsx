import { checkedWords, count, dayWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { today } from '../../ui/time.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { StepCommand } from '../controls/control-parts.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { PathLine } from '../paths/path-line.tsx';
import { LeadButton } from './actions.tsx';
import { Bring, DecidedBy } from './decided-by.tsx';
import classes from './deployment.module.css';
import { leadsOfProof, type May, mustWords, type Proof, type Task, timeWords, untilWords } from './words.ts';

interface ProofCardProps {
  readonly slug: string;
  readonly task: Task;
  readonly may: May;
  readonly busy: boolean;
  readonly onAttest: (control: string) => void;
  readonly onCheck: () => void;
}

/** The checks that prove a task: verdict, reason, evidence, and what would prove it. */
export function ProofCard({ task, ...rest }: ProofCardProps) {
  return (
    <Card title="What proves it" flush aside={mustWords(task)}>
      <ul>
        {task.proof.map((proof) => (
          <Check key={proof.control} task={task} proof={proof} {...rest} />
        ))}
      </ul>
    </Card>
  );
}

/** How many items of a check are listed here; the control's page lists all. */
const LISTED = 4;

function Check({ slug, task, proof, may, ...act }: ProofCardProps & { proof: Proof }) {
  const control = `/c/${slug}/controls/${proof.short}`;
  const leads = leadsOfProof(slug, task, proof, may);
  const until = untilWords(proof);
  const open = proof.state === 'fail' || proof.state === 'cannot_read' || proof.state === 'pending';
  const files = proof.evidence.toSorted((a, b) => weight(a) - weight(b));
  const [file] = files;
  const others = files.length - 1 + proof.more.evidence;
  return (
    <li className={classes.proof}>
      <VerdictMark state={proof.state} />
      <div className={classes.proofWords}>
        <h3>
          <AppLink href={control}>{proof.title}</AppLink>
        </h3>
        <p>{proof.reason}</p>
        {proof.question === null || !open ? null : (
          <p>
            <strong>What would resolve it.</strong> {proof.question}
          </p>
        )}
        {file === undefined && until === null ? null : (
          <p className={classes.rests}>
            {file === undefined ? null : (
              <span>
                <Rests slug={slug} file={file} may={may} />
                {others === 0 ? '' : ` and ${count(others, 'other')}`}
              </span>
            )}
            {until === null ? null : <span>{until}</span>}
          </p>
        )}
      </div>
      <div className={classes.verb}>
        {leads.map((lead) => (
          <LeadButton key={lead.label} lead={lead} about={proof.title} {...act} />
        ))}
        {task.check !== null && leads.length === 0 && may.work ? (
          <LeadButton lead={{ kind: 'check', label: 'Look it up again' }} about={proof.title} {...act} />
        ) : null}
        {proof.holds ? (
          <LinkButton href={control}>
            Evidence<span className="hidden-text">: {proof.title}</span>
          </LinkButton>
        ) : null}
      </div>
      <DecidedBy slug={slug} proof={proof} may={may} />
      <Bring slug={slug} proof={proof} may={may} />
      {open ? (
        <How
          slug={slug}
          proof={proof}
          href={control}
          shown={proof.state === 'fail' || (proof.evidence.length === 0 && task.locked === null)}
        />
      ) : null}
    </li>
  );
}

/** Readings of systems come before what the client wrote itself. */
const weight = ({ kind }: Proof['evidence'][number]) =>
  ['charter', 'journal', 'plan'].includes(kind) ? 1 : 0;

function Rests({ slug, file, may }: { slug: string; file: Proof['evidence'][number]; may: May }) {
  const where = `${file.kind === 'attestations' ? 'Statement by a person' : file.file}, ${dayWords(file.observedOn)}`;
  return file.sha256 === null || !may.evidence ? (
    where
  ) : (
    <AppLink href={`/c/${slug}/evidence/${file.sha256}`}>{where}</AppLink>
  );
}

/** The steps to get it done. Expanded if the check fails, or if it has no evidence yet and the task is not locked. */
function How({ slug, proof, href, shown }: { slug: string; proof: Proof; href: string; shown: boolean }) {
  const { steps, minutes, who } = proof.remediation;
  const checked = steps.flatMap((step) => step.checked ?? []).sort()[0];
  return (
    <Fold
      flush
      open={shown}
      summary={
        <>
          How it is done<span className="hidden-text">: {proof.title}</span>
        </>
      }
      beside={`${who}, ${timeWords(minutes)}${checked === undefined ? '' : ` · Menu path ${checkedWords(checked, today())}`}`}
    >
      {proof.listed.length === 0 ? null : (
        <ul className={classes.listed}>
          {proof.listed.slice(0, LISTED).map((one) => (
            <li key={one.key}>
              <strong>{one.label}</strong> <span className="muted">{one.detail}</span>
            </li>
          ))}
          {proof.listed.length + proof.more.listed <= LISTED ? null : (
            <li>
              <AppLink href={href}>Everything it lists</AppLink>
            </li>
          )}
        </ul>
      )}
      <Stack as="ol" gap="sm" above="sm" bullets className="measure">
        {steps.map((step, at) => (
          <li key={step.do}>
            {step.do}
            <PathLine step={step} />
            {step.why === null ? null : <span className="second">{step.why}</span>}
            {step.command === null ? null : (
              <StepCommand slug={slug} command={step.command} name={`step ${at + 1}`} />
            )}
          </li>
        ))}
      </Stack>
    </Fold>
  );
}
