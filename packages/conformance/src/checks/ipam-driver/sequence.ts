import { parallelCheck, propertyCheck } from '../../check.js';
import { ipamModel, ipamModelAtOnce } from '../../models/ipam-model.js';

export const anyOrder = propertyCheck({
  id: 'ipam-sequence.any-order',
  clause: 'ipam-driver.sequence.any-order',
  title: 'Sequences of requests and releases give each address one holder, and give it again',
  op: 'IpamDriver.RequestAddress',
  model: ipamModel,
  brokenBy: 'ipam-driver.sequence.any-order#third-release-frees-another',
});

export const atOnce = parallelCheck({
  id: 'ipam-sequence.at-once',
  clause: 'ipam-driver.sequence.at-once',
  title: 'Requests and releases of four clients at once have the answers of some order of them',
  op: 'IpamDriver.RequestAddress',
  model: ipamModelAtOnce,
  brokenBy: 'ipam-driver.sequence.at-once#chosen-twice',
});
