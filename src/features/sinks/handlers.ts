import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import type { sinksContract } from './contract.ts';
import { addSink, editSink } from './edit.ts';
import { pauseSink, resumeSink, takeSinkAway } from './end.ts';
import { dropDelivery, listDeliveries, repairDelivery, showDelivery } from './failed.ts';
import { listSinks } from './list.ts';
import { approveSink, withdrawSink } from './pending-end.ts';
import { replayAll, replayDelivery } from './replay.ts';
import { sinkTemplate } from './template.ts';
import { testSink } from './try.ts';

export const sinksHandlers: HandlersOf<typeof sinksContract> = {
  list: listSinks,
  template: (context, input) => asDownload(sinkTemplate(context, input.kind)),
  add: addSink,
  change: editSink,
  remove: takeSinkAway,
  test: (context, input) => testSink(context, input.sink),
  pause: pauseSink,
  resume: resumeSink,
  failed: (context, input) => listDeliveries(context, input.state ?? null),
  failedEvents: (context, input) => showDelivery(context, input.delivery),
  repair: repairDelivery,
  replay: replayDelivery,
  replayAll: (context, input) => replayAll(context, input.sink),
  drop: dropDelivery,
  approve: approveSink,
  withdraw: withdrawSink,
};
