import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { addressOf, api, type client as calls, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import classes from './policy.module.css';
import { policyOneTextRoute } from './routes.tsx';

type Shown = Awaited<ReturnType<typeof calls.texts.show>>;

/** One text, filled in with what is known about the client today. */
export function OneTextPage() {
  const { slug } = useClientHere();
  const { policyText } = policyOneTextRoute.useParams();
  // The server rejects an unknown text.
  const text = policyText as Shown['id'];
  const load = useQuery(api.texts.show.queryOptions({ input: { client: slug, text } }));
  return (
    <DetailPage
      title={(data: Shown) => data.title}
      permission="policy.read"
      load={load}
      meta={(data) => `${data.about} Filled on ${dayWords(data.madeOn)}.`}
      actions={<Files slug={slug} text={text} />}
      work={(data) => (
        <>
          <Notice>{data.note}</Notice>
          <Text data={data} />
        </>
      )}
      evidence={(data) => (
        <>
          <Card title="To fill in">
            {data.open.length === 0 ? (
              <p>Nothing left to fill in. Counsel still decides.</p>
            ) : (
              <Stack as="ul" gap="2xs" bullets>
                {data.open.map((label) => (
                  <li key={label}>{label}</li>
                ))}
              </Stack>
            )}
          </Card>
          <Card title="Where it comes from">
            <p>
              The wording is a template from {dayWords(data.revised)}. The rest is filled in each time from
              the charter, the policy in force, the verdicts and the catalogue. To change it, change those or
              the Word document.
            </p>
          </Card>
        </>
      )}
    />
  );
}

function Text({ data }: { data: Shown }) {
  return (
    <Card title="Text">
      <div className={`reading ${classes.text}`}>
        {data.sections.map(({ id, title, items }) => (
          <section key={id} aria-labelledby={`section-${id}`}>
            <h3 id={`section-${id}`} className="subheading">
              {title}
            </h3>
            {items.length === 1 ? (
              items.map((item) => (
                <p key={item.id}>
                  <Spans spans={item.spans} />
                </p>
              ))
            ) : (
              <ul>
                {items.map((item) => (
                  <li key={item.id}>
                    <Spans spans={item.spans} />
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </Card>
  );
}

/** Keyed by position, since spans are never reordered and two can have the same text. */
function Spans({ spans }: { spans: Shown['sections'][number]['items'][number]['spans'] }) {
  return spans.map((span, at) =>
    span.kind === 'open' ? (
      <mark key={`${at}-${span.text}`} className={classes.open}>
        [To fill in: {span.text}]
      </mark>
    ) : (
      <span key={`${at}-${span.text}`}>{span.text}</span>
    ),
  );
}

const FILES = [
  { format: 'docx', label: 'Word document (DOCX)' },
  { format: 'pdf', label: 'Document (PDF)' },
  { format: 'html', label: 'Page (HTML)' },
] as const;

function Files({ slug, text }: { slug: string; text: Shown['id'] }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<Icon name="download" />}>Download</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FILES.map(({ format, label }) => (
          <Menu.Item
            key={format}
            component="a"
            href={addressOf(routes.texts.document, { client: slug, text, format })}
            download
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
// Guide: G8-13 G8-14
