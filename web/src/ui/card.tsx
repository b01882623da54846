import { useId } from 'react';
import classes from './card.module.css';

interface CardProps {
  title?: string;
  /** At the right of the header: a count, a link. */
  aside?: React.ReactNode;
  /** Footer, in gray. */
  foot?: React.ReactNode;
  /** `flush`: a table or list that extends to the edges. */
  flush?: boolean;
  children: React.ReactNode;
}

/** A bordered part of a page that answers one question. */
export function Card({ title, aside, foot, flush, children }: CardProps) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined ? null : (
        <header className={classes.head}>
          <h2 id={id}>{title}</h2>
          {aside === undefined ? null : <div className={classes.aside}>{aside}</div>}
        </header>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
      {foot === undefined ? null : <footer className={classes.foot}>{foot}</footer>}
    </section>
  );
}

interface FactsProps {
  readonly facts: readonly (readonly [name: string, value: React.ReactNode])[];
  /** Values are paragraphs: on a narrow window each is below its name. */
  readonly long?: true;
}

/** A description list. */
export function Facts({ facts, long }: FactsProps) {
  return (
    <dl className={classes.facts} data-long={long}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
