/** All settings of all samplers, by their index: the source of the flags. */
// Importing the chain registers the settings of all samplers.
import './chain';

export { Setting, settings } from './setting';
