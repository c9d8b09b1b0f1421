package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract's document and its tests are about the same rules. */
class ContractDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/engine-contract.md");

    /** The row of a rule: its number and one sentence. */
    private static final Pattern RULE = Pattern.compile("\\| (\\d+\\.\\d+) \\| ([A-Z`].*\\.) \\|");

    private static final Pattern INTENT = Pattern.compile("\\| \\| \\*Intent: .+\\.\\* \\|");

    @Test
    void everyRuleHasATestAndEveryTestARule() throws IOException {
        Set<String> tested = Stream.of(EngineContract.class.getMethods())
                .map(method -> method.getName().split("_", 4))
                .filter(parts -> parts[0].equals("rule"))
                .map(parts -> parts[1] + "." + parts[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(new TreeSet<>(rules())).isEqualTo(tested);
        assertThat(rules()).doesNotHaveDuplicates().hasSizeGreaterThan(50);
    }

    @Test
    void everyRuleIsFollowedByItsIntent() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        for (int i = 0; i < lines.size(); i++) {
            if (RULE.matcher(lines.get(i)).matches()) {
                assertThat(lines.get(i + 1)).as("below %s", lines.get(i)).matches(INTENT);
            }
        }
    }

    private static List<String> rules() throws IOException {
        List<String> rules = new ArrayList<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher rule = RULE.matcher(line);
            if (rule.matches()) {
                rules.add(rule.group(1));
            }
        }
        return rules;
    }
}
