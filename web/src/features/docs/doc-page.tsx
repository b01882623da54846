import docs from 'virtual:docs';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Fragment, type ReactNode, useEffect } from 'react';
import { PlainTable } from '../../ui/plain-table.tsx';
import { FormPage } from '../../ui/templates/form-page.tsx';
import { NotYours } from '../../ui/templates/page.tsx';
import type { Block, Doc, Inline } from './doc.ts';
import classes from './docs.module.css';
import { docRoute } from './routes.tsx';

/** One page of the documentation. */
export function DocPage() {
  const { doc: name } = docRoute.useParams();
  const doc = docs.find((one) => one.name === name);
  const load = useQuery({
    queryKey: ['docs', name],
    queryFn: async () => (doc === undefined ? null : (await doc.load()).default),
    enabled: doc !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (doc === undefined) return <NotYours />;
  return (
    <FormPage title={doc.title} load={load} meta={<Link to="/docs">All documentation</Link>}>
      {(data: Doc | null) => <Contents blocks={data?.blocks ?? []} />}
    </FormPage>
  );
}

function Contents({ blocks }: { blocks: readonly Block[] }) {
  const hash = useRouterState({ select: ({ location }) => location.hash });
  useEffect(() => {
    if (hash !== '') document.getElementById(hash)?.scrollIntoView();
  }, [hash]);
  return (
    <article className={classes.doc}>
      <Blocks blocks={blocks} />
    </article>
  );
}

function Blocks({ blocks }: { blocks: readonly Block[] }): ReactNode {
  return blocks.map((block, at) => (
    // Index keys are safe, since a page does not change while it is shown.
    <Fragment key={`${at}`}>{drawn(block)}</Fragment>
  ));
}

function drawn(block: Block): ReactNode {
  if ('heading' in block) {
    const Heading = block.level <= 2 ? 'h2' : 'h3';
    return (
      <Heading id={block.id}>
        <Words of={block.heading} />
      </Heading>
    );
  }
  if ('text' in block)
    return (
      <p>
        <Words of={block.text} />
      </p>
    );
  if ('code' in block) return <pre>{block.code}</pre>;
  if ('table' in block) return <Table rows={block.table} />;
  const List = block.ordered ? 'ol' : 'ul';
  return (
    <List>
      {block.list.map((item, at) => (
        <li key={`${at}`}>
          <Blocks blocks={item} />
        </li>
      ))}
    </List>
  );
}

type Cells = readonly (readonly Inline[])[];

function Table({ rows }: { rows: readonly Cells[] }) {
  const [head = [], ...body] = rows;
  return (
    <PlainTable
      scrolls
      label={[head, ...body.slice(0, 1).map((cells) => cells.slice(0, 1))].map(labelOf).join(': ')}
      rows={body.map((cells, at) => ({ at, cells }))}
      rowId={({ at }) => String(at)}
      columns={head.map((cell, column) => ({
        head: cell.length === 0 ? '' : <Words of={cell} />,
        cell: ({ cells }: { cells: Cells }) => <Words of={cells[column] ?? []} />,
      }))}
      framed
    />
  );
}

function labelOf(cells: Cells): string {
  return cells.map(plain).join(', ');
}

function plain(parts: readonly Inline[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : 'code' in part ? part.code : '')).join('');
}

function Words({ of }: { of: readonly Inline[] }): ReactNode {
  return of.map((part, at) => <Fragment key={`${at}`}>{word(part)}</Fragment>);
}

function word(part: Inline): ReactNode {
  if (typeof part === 'string') return part;
  if ('code' in part) return <code>{part.code}</code>;
  if ('strong' in part)
    return (
      <strong>
        <Words of={part.strong} />
      </strong>
    );
  if ('emphasis' in part)
    return (
      <em>
        <Words of={part.emphasis} />
      </em>
    );
  return <Reference to={part.to} words={part.link} />;
}

/** A link to another page of the documentation or to the web. A link to a source file becomes plain text. */
function Reference({ to, words }: { to: string; words: readonly Inline[] }) {
  if (/^https?:\/\//.test(to))
    return (
      <a href={to} target="_blank" rel="noreferrer">
        <Words of={words} />
      </a>
    );
  if (to.startsWith('#'))
    return (
      <Link to="." hash={to.slice(1)}>
        <Words of={words} />
      </Link>
    );
  const [file = '', hash] = to.split('#');
  if (file === 'operations.md')
    return (
      <a href="/api/reference">
        <Words of={words} />
      </a>
    );
  const name = file
    .replace(/^(?:\.\.\/docs\/)?/, '')
    .replace(/\.md$/, '')
    .replace('catalogue/files', 'files-list');
  if (!docs.some((one) => one.name === name)) return <Words of={words} />;
  return (
    <Link to="/docs/$doc" params={{ doc: name }} {...(hash === undefined ? {} : { hash })}>
      <Words of={words} />
    </Link>
  );
}
