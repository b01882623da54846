import type { z } from 'zod';
import type { TextId } from '#domain/model/policy-text.ts';
import { fillText, openIn, plainLine } from '#domain/policy/texts.ts';
import type { HandlerContext } from '../context.ts';
import { todayHere } from '../policy/index.ts';
import { notFound } from '../problems.ts';
import type { textsContract } from './contract.ts';
import { textFacts } from './facts.ts';

type Listed = z.input<NonNullable<(typeof textsContract.list)['~orpc']['outputSchema']>>;
export type TextShown = z.input<NonNullable<(typeof textsContract.show)['~orpc']['outputSchema']>>;

export async function listTexts(context: HandlerContext): Promise<Listed> {
  const facts = await textFacts(context);
  return {
    items: context.services.catalogue.policyTexts.map((text) => {
      const filled = fillText(text, facts);
      const { id, about, revised } = text;
      return { id, title: plainLine(filled.title), about, revised, open: [...openIn(filled)] };
    }),
  };
}

/** A text filled in with what is known about the client today. */
export async function showText(
  context: HandlerContext,
  { text: wanted }: { readonly text: TextId },
): Promise<TextShown> {
  const text = context.services.catalogue.policyTexts.find(({ id }) => id === wanted);
  if (text === undefined) throw notFound();
  const filled = fillText(text, await textFacts(context));
  return {
    id: text.id,
    title: plainLine(filled.title),
    about: text.about,
    revised: text.revised,
    open: [...openIn(filled)],
    note: text.note,
    madeOn: todayHere(context),
    guideRows: [...text.guideRows],
    sections: filled.sections.map(({ id, title, items }) => ({
      id,
      title,
      items: items.map((item) => ({ id: item.id, spans: [...item.spans] })),
    })),
  };
}
// Guide: G8-13
