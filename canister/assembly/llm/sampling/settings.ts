/** All settings of all samplers, by their index: what flags are made of. */
// Whatever a chain may be made of has its settings there.
import './chain';

export { Setting, settings } from './setting';
