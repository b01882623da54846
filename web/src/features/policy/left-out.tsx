import { Button, TextInput } from '@mantine/core';
import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import type { Draft } from './words.ts';

interface LeftOutProps {
  readonly leftOut: Draft['leftOut'];
  readonly content: Draft['content'];
  readonly reasons: Readonly<Record<string, string>>;
  readonly onReasons: (reasons: Readonly<Record<string, string>>) => void;
  readonly onContent: (content: Draft['content']) => void;
}

/** Clauses of the template that the stored draft leaves out: each needs a reason, or can be put back. */
export function LeftOutCard({ leftOut, content, reasons, onReasons, onContent }: LeftOutProps) {
  const held = new Set(content.sections.flatMap(({ items }) => items.map(({ id }) => id)));
  const out = leftOut.filter(({ id }) => !held.has(id));
  if (out.length === 0) return null;
  return (
    <Card title="Left out of the template" aside={count(out.length, 'clause')}>
      <Stack gap="lg">
        {out.map((one) => (
          <Stack key={one.id} gap="xs">
            <TextInput
              label={one.text}
              description="Why is it left out?"
              maxLength={1000}
              value={reasons[one.id] ?? ''}
              onChange={(event) => onReasons({ ...reasons, [one.id]: event.currentTarget.value })}
            />
            <div>
              <Button size="xs" onClick={() => onContent(withClause(content, one))}>
                Put it back<span className="hidden-text">: {one.text}</span>
              </Button>
            </div>
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}

function withClause(
  content: Draft['content'],
  { id, section, where, text }: Draft['leftOut'][number],
): Draft['content'] {
  const item = { id, text };
  const at = content.sections.findIndex((one) => one.id === section);
  const found = content.sections[at];
  return {
    ...content,
    sections:
      found === undefined
        ? [...content.sections, { id: section, title: where, items: [item] }]
        : content.sections.with(at, { ...found, items: [...found.items, item] }),
  };
}
// Guide: G8-03
