import { useQuery } from '@tanstack/react-query';
import { api, type client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { AppLink } from '../controls/link-button.tsx';

type Audience = Awaited<ReturnType<typeof calls.work.audiences>>['audiences'][number];

/** The pages with which an audience starts. */
export function StartPages({ pages }: Pick<Audience, 'pages'>) {
  if (pages.length === 0) return null;
  return (
    <Row gap="sm">
      <span className="second">Starts with</span>
      {pages.map(({ label, href }) => (
        <AppLink key={href} href={href}>
          {label}
        </AppLink>
      ))}
    </Row>
  );
}

/** Where the viewer starts at this client, for each audience that they belong to; nothing if they belong to none. */
export function WhereToStart() {
  const { slug } = useClientHere();
  const load = useQuery(api.work.audiences.queryOptions({ input: { client: slug } }));
  const mine = load.data?.audiences.filter((audience) => audience.mine) ?? [];
  if (mine.length === 0) return null;
  return (
    <Stack gap="xs">
      {mine.map(({ id, title, pages }) => (
        <section key={id} aria-label={`You are ${title} here`}>
          <p>You are {title} here.</p>
          <StartPages pages={pages} />
        </section>
      ))}
    </Stack>
  );
}
