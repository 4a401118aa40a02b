package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.cases.CaseException;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Cases as files. */
final class CaseFiles {
    private CaseFiles() {}

    /**
     * Reads a case that the user names.
     *
     * @throws InputException if there is none, or it cannot be used
     */
    static Case read(Path name, CommandContext context) throws InputException {
        Path file = context.surroundings().workingDirectory().resolve(name).normalize();
        try {
            return Case.parse(Files.readString(file));
        } catch (CaseException fault) {
            throw InputException.inFile(file, fault.line(), fault.what(), fault.advice());
        } catch (NoSuchFileException missing) {
            throw InputException.inFile(
                    file,
                    0,
                    "This case does not exist.",
                    "Cases are written by 'doorbell explore' and 'doorbell run --case'.");
        } catch (CharacterCodingException binary) {
            throw InputException.inFile(file, 0, "This is no text.", "Name a case file.");
        } catch (IOException fault) {
            throw InputException.inFile(
                    file, 0, "This case cannot be read: " + fault.getMessage() + ".", "");
        }
    }
}
