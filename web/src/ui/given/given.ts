import { Code, Modal, NativeSelect, type NativeSelectProps } from '@mantine/core';
import { createElement, type ReactNode } from 'react';
import { isUnsafeText, nameOfCode, pieces, visible } from '../../../../src/domain/text/unsafe-text.ts';
import { writtenDomains } from '../../../../src/domain/text/written-domain.ts';
import classes from './given.module.css';

/**
 * Text with bidirectional or invisible characters: isolated in its direction, each such character shown by its code,
 * with its name as tooltip. Names in right-to-left scripts stay as their owners write them.
 */
function Given({ text }: { text: string }): ReactNode {
  return createElement(
    'bdi',
    null,
    ...pieces(text, true).map((piece) => {
      if (piece.is === 'plain') return piece.text;
      if (piece.is === 'rtl') return createElement('bdi', null, piece.text);
      return createElement('span', { className: classes.mark, title: nameOfCode(piece.text) }, piece.text);
    }),
  );
}

/** Elements whose content is copied or compared letter by letter, so domains stay in Punycode. */
const AS_IT_IS: ReadonlySet<unknown> = new Set(['code', 'pre', 'script', 'style', 'textarea', Code]);

/** Elements that contain text only. */
const TEXT_ONLY: ReadonlySet<unknown> = new Set(['option', 'script', 'style', 'textarea', 'title']);

/**
 * Replaces unsafe text in rendered children with `Given`. Called for every element of the console (`jsx-runtime.ts`),
 * so that no page can forget it.
 */
export function withSafeText<P>(type: unknown, given: P): P {
  if (typeof given !== 'object' || given === null) return given;
  const props = typeof type === 'string' ? given : withLabels(type, given);
  if (type === NativeSelect && 'data' in props)
    return { ...props, data: inChoices(props.data as NativeSelectProps['data']) };
  if (!('children' in props)) return props;
  const { children } = props;
  const written = AS_IT_IS.has(type) ? children : inTexts(children);
  const shown = TEXT_ONLY.has(type) ? inWords(written) : inElements(written, 'given');
  return shown === children ? props : { ...props, children: shown };
}

/** Props that Mantine renders itself: labels, descriptions, titles of dialogs, and the options of a select. */
function withLabels<P extends { label?: unknown; description?: unknown; title?: unknown }>(
  type: unknown,
  props: P,
): P {
  const label = asSeen(props.label);
  const description = asSeen(props.description);
  const title = type === Modal ? asSeen(props.title) : props.title;
  if (label === props.label && description === props.description && title === props.title) return props;
  return { ...props, label, description, title };
}

function asSeen(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  const written = writtenDomains(text);
  return isUnsafeText(written) ? visible(written) : written;
}

function inChoices(data: NativeSelectProps['data']): NativeSelectProps['data'] {
  return data?.map((choice) =>
    typeof choice === 'object' && 'label' in choice && typeof choice.label === 'string'
      ? { ...choice, label: visible(writtenDomains(choice.label)) }
      : choice,
  );
}

function inElements(children: unknown, key: string): unknown {
  if (typeof children === 'string')
    return isUnsafeText(children) ? createElement(Given, { key, text: children }) : children;
  return inEach(children, (child, at) => inElements(child, `${key} ${at}`));
}

/** Domains as people write them, whoever sent them. */
function inTexts(children: unknown): unknown {
  return typeof children === 'string' ? writtenDomains(children) : inEach(children, inTexts);
}

function inWords(children: unknown): unknown {
  if (typeof children === 'string') return isUnsafeText(children) ? visible(children, true) : children;
  return inEach(children, inWords);
}

/** Returns the same list if nothing changes: React compares by identity. */
function inEach(children: unknown, one: (child: unknown, at: number) => unknown): unknown {
  if (!Array.isArray(children)) return children;
  const shown = children.map(one);
  return shown.some((child, at) => child !== children[at]) ? shown : children;
}
