import { sinkKind } from '#sinks/registry.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import type { Download } from '../shared/download.ts';

/** The file that sets the other side of a kind of sink up. Throws NOT_FOUND for a kind that has none. */
export function sinkTemplate({ services }: Pick<HandlerContext, 'services'>, kind: string): Download {
  const template = sinkKind(kind)?.template;
  if (template === undefined) throw notFound();
  const text = `${JSON.stringify(template.make(services.catalogue.siem, services.catalogue.detections), null, 2)}\n`;
  return {
    name: template.file,
    type: 'application/json; charset=utf-8',
    bytes: new TextEncoder().encode(text),
  };
}
