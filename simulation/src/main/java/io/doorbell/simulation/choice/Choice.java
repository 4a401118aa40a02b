package io.doorbell.simulation.choice;

/**
 * A choice that left the ordinary course.
 *
 * @param site where it was made
 * @param occurrence the how-manieth choice of that site, from 0
 * @param value what was chosen, from 1; 0 would be the ordinary course
 */
public record Choice(String site, long occurrence, int value) {}
