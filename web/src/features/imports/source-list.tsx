import { count, dayWords, sentence } from '../../../../src/domain/text/words.ts';
import { addressOf, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Fold, SourceLinks } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './imports.module.css';
import { importsRoute } from './routes.tsx';
import type { ImportSource } from './words.ts';

/** Number of missing or outdated kinds listed at first; they are ordered by how much they unlock. */
const FIRST = 8;

/** Each kind of file: whether it is present, what it unlocks and, once opened, how to export it. */
export function SourceList({ items }: { items: readonly ImportSource[] }) {
  const { kind } = importsRoute.useSearch();
  const unread = items.filter(({ unlocks, state }) => unlocks === 0 && state === 'missing');
  const current = items.filter(({ state }) => state === 'fresh');
  const wanted = items.filter((one) => !unread.includes(one) && !current.includes(one));
  const list = (some: readonly ImportSource[]) => (
    <ul className={classes.sources}>
      {some.map((one) => (
        <li key={one.kind}>
          <span>{sentence(one.name)}</span>
          <SourceState source={one} />
          <span className="muted">
            {one.unlocks === 0
              ? 'No control reads it yet'
              : `${count(one.unlocks, 'control')} ${one.unlocks === 1 ? 'reads' : 'read'} it`}
          </span>
          <HowToGet key={kind} source={one} open={one.kind === kind} />
        </li>
      ))}
    </ul>
  );
  const folded = (some: readonly ImportSource[], summary: string) =>
    some.length === 0 ? null : (
      <div className={classes.folded}>
        <Fold key={kind} open={some.some((one) => one.kind === kind)} summary={summary}>
          {list(some)}
        </Fold>
      </div>
    );
  return (
    <Card
      title="What each file unlocks"
      aside={count(items.length, 'kind')}
      flush
      foot="Only files that the client’s Claude plan offers. Files are recognized by their content, whatever they are called."
    >
      {list(wanted.slice(0, FIRST))}
      {folded(wanted.slice(FIRST), `${count(wanted.length - FIRST, 'more kind')} that would help`)}
      {folded(
        current,
        `${count(current.length, 'kind')} that ${current.length === 1 ? 'is' : 'are'} current`,
      )}
      {folded(unread, `${count(unread.length, 'kind')} that no control reads yet`)}
    </Card>
  );
}

function HowToGet({ source, open }: { source: ImportSource; open: boolean }) {
  const { slug } = useClientHere();
  const { kind, name, steps, request, sources, template } = source;
  const example = (as: 'template' | 'sample') =>
    addressOf(routes.imports.example, { client: slug, kind, as });
  return (
    <div
      className={classes.how}
      ref={(element) => {
        if (open) element?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <Fold
        open={open}
        summary={
          <>
            How to get it<span className="hidden-text">: {name}</span>
          </>
        }
      >
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p>
          {template ? (
            <>
              <a href={example('template')} download>
                Template<span className="hidden-text"> of the {name}</span>
              </a>
              {' · '}
            </>
          ) : null}
          <a href={example('sample')} download>
            Sample file<span className="hidden-text"> of the {name}</span>
          </a>
        </p>
        {request === null ? null : (
          <Fold
            summary={
              <>
                Request<span className="hidden-text"> for the {name}</span>
              </>
            }
          >
            <CopyValue value={request} name="the request" />
          </Fold>
        )}
        <SourceLinks sources={sources} />
      </Fold>
    </div>
  );
}

function SourceState({ source }: { source: ImportSource }) {
  const { observedOn, countsUntil } = source;
  switch (source.state) {
    case 'missing':
      return <span className="muted">Missing</span>;
    case 'stale':
      return (
        <VerdictMark state="cannot_read">
          Out of date, {observedOn === null ? '' : dayWords(observedOn)}
        </VerdictMark>
      );
    case 'fresh':
      return (
        <span>
          <Icon name="tick" size={12} /> Current, {observedOn === null ? '' : dayWords(observedOn)}
          {countsUntil === null ? null : <span className="second">valid until {dayWords(countsUntil)}</span>}
        </span>
      );
  }
}
