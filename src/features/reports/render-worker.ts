import { makeOnce } from '../shared/make-once.ts';
import { render } from './render.ts';
import type { RenderJob } from './render-thread.ts';

makeOnce(({ report, format, options }: RenderJob) => render(report, format, options));
