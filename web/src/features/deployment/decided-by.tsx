import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { addressOf, routes } from '../../api.ts';
import { Fold } from '../../ui/lines.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './deployment.module.css';
import type { May, Proof } from './words.ts';

/** The rows that a verdict is based on, each with its file and day, and the day since which the verdict has held. */
export function DecidedBy({ slug, proof, may }: { slug: string; proof: Proof; may: May }) {
  const { evidence, more, since } = proof;
  if (evidence.length === 0) return null;
  return (
    <Fold
      flush
      summary={
        <>
          What decided it<span className="hidden-text">: {proof.title}</span>
        </>
      }
      beside={
        <>
          {count(evidence.length + more.evidence, 'piece', 'pieces')} of evidence
          {since === null ? null : (
            <>
              {' · in this state since '}
              <When at={since} inline />
            </>
          )}
        </>
      }
    >
      <ul className={classes.listed}>
        {evidence.map((one) => (
          <li key={`${one.kind} ${one.file} ${one.row} ${one.says}`}>
            {one.says}{' '}
            <span className="muted">
              {one.kindName} of {dayWords(one.observedOn)},{' '}
              {one.sha256 === null || !may.evidence ? (
                one.file
              ) : (
                <AppLink href={`/c/${slug}/evidence/${one.sha256}`}>{one.file}</AppLink>
              )}
              {one.row === null ? '' : `, row ${one.row}`}
            </span>
          </li>
        ))}
        {more.evidence === 0 ? null : (
          <li>
            <AppLink href={`/c/${slug}/controls/${proof.short}`}>
              {count(more.evidence, 'more piece', 'more pieces')} on the page of the control
            </AppLink>
          </li>
        )}
      </ul>
    </Fold>
  );
}

/** The files that would decide a check that fails or cannot be read, and where to get each of them. */
export function Bring({ slug, proof, may }: { slug: string; proof: Proof; may: May }) {
  const { bring, state } = proof;
  if (bring.length === 0 || (state !== 'cannot_read' && state !== 'fail')) return null;
  return (
    <Fold
      flush
      summary={
        <>
          What is needed<span className="hidden-text">: {proof.title}</span>
        </>
      }
      beside={`${count(bring.length, 'source')} ${bring.length === 1 ? 'decides' : 'decide'} it`}
    >
      <ul className={classes.listed}>
        {bring.map((one) => (
          <li key={one.kind}>
            <strong>{one.name}</strong> <span className="muted">{one.howToGet}</span>{' '}
            {one.kind === 'charter' && may.charter ? (
              <>
                <AppLink href={`/c/${slug}/charter`}>Open the charter</AppLink>{' '}
              </>
            ) : null}
            {may.imports && (one.kind === 'charter' || one.kind === 'journal') ? (
              <a href={addressOf(routes.deployment.document, { client: slug, document: one.kind })} download>
                Download the {one.kind}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
