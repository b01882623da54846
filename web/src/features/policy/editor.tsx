import { ActionIcon, Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { useEdited } from '../../ui/edited.ts';
import { Icon } from '../../ui/icon.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { LeftOutCard } from './left-out.tsx';
import classes from './policy.module.css';
import { type Translated, TranslationCard, translatedFrom, translatedText } from './translation.tsx';
import type { Draft } from './words.ts';

type Content = Draft['content'];
type DataKind = Draft['data'][number]['id'];

interface Values {
  readonly reason: string;
  readonly content: Content;
  readonly fields: Readonly<Record<string, string>>;
  readonly translations: Readonly<Record<string, Translated | null>>;
  readonly collected: readonly string[];
  readonly data: readonly DataKind[];
  readonly leftOut: Readonly<Record<string, string>>;
  readonly material: boolean;
  readonly effectiveOn: string;
}

const valuesOf = (draft: Draft): Values => ({
  reason: draft.reason,
  content: draft.content,
  fields: Object.fromEntries(draft.fields.flatMap(({ id, value, given }) => (given ? [] : [[id, value]]))),
  collected: draft.collected.flatMap(({ id, named }) => (named ? [id] : [])),
  data: draft.data.flatMap(({ id, named }) => (named ? [id] : [])),
  leftOut: Object.fromEntries(draft.leftOut.map(({ id, reason }) => [id, reason])),
  translations: Object.fromEntries(
    draft.translations.map(({ language, text }) => [language, translatedFrom(text)]),
  ),
  material: draft.material,
  effectiveOn: draft.effectiveOn ?? '',
});

function textToStore({ content, translations }: Values, language: 'es') {
  const translated = translations[language] ?? null;
  return translated === null ? null : translatedText(content, translated);
}

/** The form for a draft: the client's fields, the notice, and the text by section. */
export function PolicyEditor({ draft }: { draft: Draft }) {
  const { slug } = useClientHere();
  const [values, setValues] = useState(() => valuesOf(draft));
  const changed = JSON.stringify(values) !== JSON.stringify(valuesOf(draft));
  const { version, theirs, begin } = useEdited(draft, valuesOf, { changed, reset: setValues });
  const saving = useSaving({ notice: true });
  const set = (part: Partial<Values>) => setValues((was) => ({ ...was, ...part }));
  const save = (on: number) =>
    saving.save(async () => {
      const stored = await calls.policy.draft.edit({
        client: slug,
        policyDraft: draft.id,
        version: on,
        reason: values.reason,
        content: values.content,
        fields: { ...values.fields },
        translations: { es: textToStore(values, 'es') },
        collected: [...values.collected],
        data: [...values.data],
        leftOut: { ...values.leftOut },
        material: values.material,
        effectiveOn: values.effectiveOn === '' ? null : values.effectiveOn,
      });
      begin(stored);
      await queries.invalidateQueries();
      await done('The draft was saved.');
    });
  return (
    <Stack
      as="form"
      gap="lg"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(version);
      }}
    >
      {theirs === null ? null : (
        <ConflictNotice
          {...saving.quicker}
          changes={[{ name: 'Policy', before: theirs.reason, after: values.reason }]}
          onTakeTheirs={() => begin(theirs)}
          onKeepMine={() => void save(theirs.version)}
        />
      )}
      <Card title="What only you know">
        <Stack>
          {draft.fields.map(({ id, label, hint, value, given }) =>
            given ? null : (
              <TextInput
                key={id}
                label={label}
                description={hint ?? undefined}
                maxLength={1000}
                value={values.fields[id] ?? value}
                onChange={(event) => set({ fields: { ...values.fields, [id]: event.currentTarget.value } })}
              />
            ),
          )}
          <Checkbox.Group
            label="What the notice to staff names"
            description="Has to name everything that is read about staff here."
            value={[...values.collected]}
            onChange={(collected) => set({ collected })}
          >
            <Stack gap="md" inset>
              {draft.collected.map(({ id, words, read }) => (
                <Checkbox
                  key={id}
                  value={id}
                  label={words}
                  description={read === true ? 'Read here in the last year' : undefined}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <Checkbox.Group
            label="Data that Claude may be given"
            description={'The text lists these where it says {data_given}.'}
            value={[...values.data]}
            onChange={(ids) => set({ data: draft.data.flatMap(({ id }) => (ids.includes(id) ? [id] : [])) })}
          >
            <Stack gap="md" inset>
              {draft.data.map(({ id, words, reached }) => (
                <Checkbox
                  key={id}
                  value={id}
                  label={words}
                  description={reached.length === 0 ? undefined : `Reached through ${reached.join(', ')}`}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </Stack>
      </Card>
      <TextCard content={values.content} onChange={(content) => set({ content })} />
      <LeftOutCard
        leftOut={draft.leftOut}
        content={values.content}
        reasons={values.leftOut}
        onReasons={(leftOut) => set({ leftOut })}
        onContent={(content) => set({ content })}
      />
      {draft.translations.map((given) => (
        <TranslationCard
          key={given.language}
          given={given}
          content={values.content}
          fields={draft.fields.flatMap(({ id, label, value, given: made }) =>
            made ? [] : [{ id, label, value: values.fields[id] ?? value }],
          )}
          value={values.translations[given.language] ?? null}
          onChange={(translated) =>
            set({ translations: { ...values.translations, [given.language]: translated } })
          }
        />
      ))}
      <Card title="Publication">
        <Stack>
          <Textarea
            label="What changes"
            description="For staff and the approver."
            autosize
            minRows={2}
            maxLength={2000}
            value={values.reason}
            onChange={(event) => set({ reason: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="In force from"
            description="If empty: from the day it is approved."
            value={values.effectiveOn}
            onChange={(event) => set({ effectiveOn: event.currentTarget.value })}
          />
          <Checkbox
            label="Everyone has to acknowledge it again"
            description={
              draft.mustBeMaterial ?? 'Leave this off for wording changes that do not change a rule.'
            }
            checked={values.material || draft.mustBeMaterial !== null}
            disabled={draft.mustBeMaterial !== null}
            onChange={(event) => set({ material: event.currentTarget.checked })}
          />
          <SaveBar saving={saving} changed={changed}>
            Save the draft
          </SaveBar>
        </Stack>
      </Card>
    </Stack>
  );
}

function TextCard({ content, onChange }: { content: Content; onChange: (content: Content) => void }) {
  const put = (at: number, section: Content['sections'][number]) =>
    onChange({ ...content, sections: content.sections.with(at, section) });
  return (
    <Card title="Text">
      <Stack gap="lg">
        <p className="muted">A name in braces, such as {'{organization}'}, is filled in from above.</p>
        <TextInput
          label="Title"
          maxLength={200}
          value={content.title}
          onChange={(event) => onChange({ ...content, title: event.currentTarget.value })}
        />
        <Textarea
          label="Introduction"
          autosize
          minRows={2}
          maxLength={2000}
          value={content.intro}
          onChange={(event) => onChange({ ...content, intro: event.currentTarget.value })}
        />
        {content.sections.map((section, at) => (
          <Stack key={section.id} className={classes.section}>
            <TextInput
              label={`Heading ${at + 1}`}
              maxLength={200}
              value={section.title}
              onChange={(event) => put(at, { ...section, title: event.currentTarget.value })}
            />
            {section.items.map((item, index) => (
              <div key={item.id} className={classes.item}>
                <Textarea
                  label={`${section.title} ${at + 1}.${index + 1}`}
                  autosize
                  minRows={1}
                  maxLength={4000}
                  value={item.text}
                  onChange={(event) =>
                    put(at, {
                      ...section,
                      items: section.items.with(index, { ...item, text: event.currentTarget.value }),
                    })
                  }
                />
                <ActionIcon
                  variant="default"
                  size={28}
                  aria-label={`Remove ${at + 1}.${index + 1}`}
                  onClick={() => put(at, { ...section, items: section.items.toSpliced(index, 1) })}
                >
                  <Icon name="close" />
                </ActionIcon>
              </div>
            ))}
            <div>
              <Button
                size="xs"
                onClick={() =>
                  put(at, { ...section, items: [...section.items, { id: freshId(content), text: '' }] })
                }
              >
                Add a sentence<span className="hidden-text"> to {section.title}</span>
              </Button>
            </div>
          </Stack>
        ))}
        <div>
          <Button
            size="xs"
            onClick={() =>
              onChange({
                ...content,
                sections: [
                  ...content.sections,
                  { id: freshId(content), title: '', items: [{ id: `${freshId(content)}_1`, text: '' }] },
                ],
              })
            }
          >
            Add a section
          </Button>
        </div>
      </Stack>
    </Card>
  );
}

/** An id that no section or clause of the text uses, for one that the client adds. */
function freshId({ sections }: Content): string {
  const used = new Set(sections.flatMap(({ id, items }) => [id, ...items.map((item) => item.id)]));
  let number = 1;
  while (used.has(`own_${number}`) || used.has(`own_${number}_1`)) number += 1;
  return `own_${number}`;
}
// Guide: G8-00
