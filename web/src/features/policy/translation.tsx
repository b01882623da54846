import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import classes from './policy.module.css';
import { type Draft, LANGUAGE_WORDS, noTextWords } from './words.ts';

type Given = Draft['translations'][number];
type Content = Draft['content'];

/** A translation while it is edited: texts by the id of their counterpart in the English text. */
export interface Translated {
  readonly texts: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

export function translatedFrom(text: Given['text']): Translated | null {
  if (text === null) return null;
  const { title, intro, sections } = text.content;
  return {
    fields: text.fields,
    texts: Object.fromEntries([
      ['title', title],
      ['intro', intro],
      ...sections.flatMap(({ id, title: heading, items }) => [
        [`section ${id}`, heading],
        ...items.map((item) => [item.id, item.text]),
      ]),
    ]),
  };
}

/** The translation in its stored form: only the parts of the English text that were translated. */
export function translatedText({ sections }: Content, { texts, fields }: Translated) {
  const words = (id: string) => texts[id]?.trim() ?? '';
  return {
    fields: { ...fields },
    content: {
      title: words('title'),
      intro: words('intro'),
      sections: sections.flatMap(({ id, items }) =>
        words(`section ${id}`) === ''
          ? []
          : [
              {
                id,
                title: words(`section ${id}`),
                items: items.flatMap((item) =>
                  words(item.id) === '' ? [] : [{ id: item.id, text: words(item.id) }],
                ),
              },
            ],
      ),
    },
  };
}

/** Editor for a translation, sentence by sentence beside the English text. */
export function TranslationCard({
  given,
  content,
  fields,
  value,
  onChange,
}: {
  given: Given;
  content: Content;
  fields: readonly { readonly id: string; readonly label: string; readonly value: string }[];
  value: Translated | null;
  onChange: (value: Translated | null) => void;
}) {
  const [open, setOpen] = useState(false);
  const name = LANGUAGE_WORDS[given.language];
  if (value === null)
    return (
      <Card title={`${name} text`}>
        <Stack>
          <p>{noTextWords(given.language)}</p>
          <div>
            <Button
              onClick={() => {
                onChange(translatedFrom(given.start));
                setOpen(true);
              }}
            >
              Add the {name} text
            </Button>
          </div>
          <p className="muted">It starts from the template. Translate what you wrote yourself.</p>
        </Stack>
      </Card>
    );
  const put = (id: string, text: string) => onChange({ ...value, texts: { ...value.texts, [id]: text } });
  const places = placesOf(content);
  const missing = places.filter(({ id, english }) => english !== '' && !value.texts[id]?.trim());
  return (
    <Card
      title={`${name} text`}
      aside={missing.length === 0 ? undefined : `${count(missing.length, 'sentence')} missing`}
    >
      <Stack gap="lg">
        {given.stale.length === 0 ? null : (
          <Notice mark="fail">
            Changed in English since the last version, and not in {name}:{' '}
            {given.stale.map((words) => `“${words}”`).join(', ')}.
          </Notice>
        )}
        <div>
          <Button size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? `Close the ${name} text` : `Edit the ${name} text`}
          </Button>{' '}
          <Button size="xs" onClick={() => onChange(null)}>
            Remove the {name} text
          </Button>
        </div>
        {open ? (
          <>
            {fields.map(({ id, label, value: english }) => (
              <TextInput
                key={id}
                label={`${label}, in ${name}`}
                description={
                  english === '' ? 'If empty: as in English.' : `If empty: as in English, “${english}”.`
                }
                maxLength={1000}
                value={value.fields[id] ?? ''}
                onChange={(event) =>
                  onChange({ ...value, fields: { ...value.fields, [id]: event.currentTarget.value } })
                }
              />
            ))}
            <Stack className={classes.section}>
              {places.map(({ id, label, english }) => (
                <Textarea
                  key={id}
                  label={`${label}, in ${name}`}
                  description={english}
                  lang={given.language}
                  autosize
                  minRows={1}
                  maxLength={4000}
                  value={value.texts[id] ?? ''}
                  onChange={(event) => put(id, event.currentTarget.value)}
                />
              ))}
            </Stack>
          </>
        ) : null}
      </Stack>
    </Card>
  );
}

function placesOf({ title, intro, sections }: Content) {
  return [
    { id: 'title', label: 'Title', english: title },
    ...(intro === '' ? [] : [{ id: 'intro', label: 'Introduction', english: intro }]),
    ...sections.flatMap((section, at) => [
      { id: `section ${section.id}`, label: `Heading ${at + 1}`, english: section.title },
      ...section.items.map((item, index) => ({
        id: item.id,
        label: `${section.title} ${at + 1}.${index + 1}`,
        english: item.text,
      })),
    ]),
  ];
}
// Guide: G8-00
